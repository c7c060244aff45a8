// localStorage and sessionStorage of a framed page live with the device: browsers that block third-party cookies
// deny both to a frame of another site, and a webview is nobody's third party.
(() => {
  const container = window.__dingtalkContainer
  const NativeRequest = window.XMLHttpRequest
  if (!container.framed)
    return

  function send(method, area, change) {
    const request = new NativeRequest()
    request.open(method, `/__container/web-storage?area=${encodeURIComponent(area)}`, false)
    if (change)
      request.setRequestHeader('content-type', 'application/json')
    request.send(change && JSON.stringify(change))
    return method === 'GET' ? new Map(JSON.parse(request.responseText)) : undefined
  }

  /** `entries` are the current ones; `keep` notes a write in a cache. */
  function storage(area, { entries, keep }) {
    const write = (key, value) => {
      keep(key, value)
      send('POST', area, { key, value })
    }
    const methods = {
      getItem: key => entries().get(String(key)) ?? null,
      setItem: (key, value) => write(String(key), String(value)),
      removeItem: key => write(String(key), null),
      clear: () => write(null, null),
      key: index => [...entries().keys()][index] ?? null,
    }
    return new Proxy(Object.create(Storage.prototype), {
      get(_target, name) {
        if (Object.hasOwn(methods, name))
          return methods[name]
        if (name === 'length')
          return entries().size
        return typeof name === 'string' ? entries().get(name) : undefined
      },
      set(_target, name, value) {
        methods.setItem(name, value)
        return true
      },
      deleteProperty(_target, name) {
        methods.removeItem(name)
        return true
      },
      has: (_target, name) => Object.hasOwn(methods, name) || name === 'length' || entries().has(name),
      ownKeys: () => [...entries().keys()],
      getOwnPropertyDescriptor(_target, name) {
        const value = entries().get(name)
        return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true }
      },
    })
  }

  /** Only this webview writes its sessionStorage: it is fetched once, then kept in step. */
  function cached(area) {
    let known
    const entries = () => known ??= send('GET', area)
    return {
      entries,
      keep(key, value) {
        if (key === null)
          entries().clear()
        else if (value === null)
          entries().delete(key)
        else
          entries().set(key, value)
      },
    }
  }

  // Several documents of the device share localStorage, so it is read afresh every time.
  const local = storage('local', { entries: () => send('GET', 'local'), keep() {} })
  const sessionArea = `session-${container.session}`
  const session = storage(sessionArea, cached(sessionArea))
  Object.defineProperty(window, 'localStorage', { get: () => local, configurable: true })
  Object.defineProperty(window, 'sessionStorage', { get: () => session, configurable: true })
})()
