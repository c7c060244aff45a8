// The injected bridge: what its parts share. Page code may replace globals later, so the
// originals are kept here before any script of the page has run.
(() => {
  const container = window.__dingtalkContainer
  const nativeFetch = window.fetch.bind(window)
  const nativePost = window.postMessage

  container.framed = window.parent !== window

  // A webview keeps its name over reloads and navigations; on PC the same name carries the client's facts.
  if (container.framed) {
    container.session = /"session":"([\w-]+)"/.exec(window.name)?.[1] ?? container.facts.page
    window.name = JSON.stringify({ session: container.session })
  }
  container.wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))
  container.never = () => new Promise(() => {})

  /** Sends a message to the frame around; called on the original, because the PC face replaces the parent's too. */
  container.tellParent = (message, origin) => nativePost.call(window.parent, message, origin)

  /** Posts JSON to the device's own endpoint and returns the parsed answer. */
  container.post = async (path, body) => {
    const response = await nativeFetch(`/__container/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok)
      throw new Error(`container answered ${response.status}`)
    return response.json()
  }
})()
