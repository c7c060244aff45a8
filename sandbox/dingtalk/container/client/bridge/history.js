// Every webview has a session history of its own, but frames of one tab share theirs: "back" on one
// phone would take back a step on another. In a frame, pushState therefore fills a list of our own.
(() => {
  const container = window.__dingtalkContainer
  const { history } = window
  const replaceNative = history.replaceState.bind(history)
  const key = '__dingtalkContainer.history'

  if (!container.framed) {
    container.canGoBack = () => window.navigation?.canGoBack ?? history.length > 1
    return
  }

  const kept = read()
  const entries = kept?.entries[kept.index]?.url === location.href
    ? kept.entries
    : [
        current(),
      ]
  let index = entries === kept?.entries
    ? kept.index
    : 0

  function read() {
    try {
      return JSON.parse(sessionStorage.getItem(key))
    }
    catch {
      return null
    }
  }

  function current() {
    return { url: location.href, state: history.state }
  }

  function keep() {
    try {
      sessionStorage.setItem(key, JSON.stringify({ entries, index }))
    }
    catch {
      // A state that JSON cannot hold survives everything but a reload.
    }
  }

  function go(delta) {
    const entry = entries[index + delta]
    if (delta === 0)
      return location.reload()
    if (!entry)
      return
    setTimeout(() => {
      index += delta
      replaceNative(entry.state, '', entry.url)
      keep()
      window.dispatchEvent(new PopStateEvent('popstate', { state: entry.state }))
    })
  }

  history.pushState = (state, unused, url) => {
    replaceNative(state, unused, url)
    entries.splice(++index, entries.length, current())
    keep()
  }
  history.replaceState = (state, unused, url) => {
    replaceNative(state, unused, url)
    entries[index] = current()
    keep()
  }
  history.go = (delta = 0) => go(delta)
  history.back = () => go(-1)
  history.forward = () => go(1)
  Object.defineProperty(history, 'length', {
    get: () => entries.length,
    configurable: true,
  })

  container.canGoBack = () => index > 0
})()
