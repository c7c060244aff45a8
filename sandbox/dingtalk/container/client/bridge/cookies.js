// Document.cookie reads and writes the device's jar on the server side. It has to answer at once,
// hence the synchronous requests.
(() => {
  const NativeRequest = window.XMLHttpRequest

  function ask(method, body) {
    const request = new NativeRequest()
    request.open(method, `/__container/cookie?path=${encodeURIComponent(location.pathname)}`, false)
    request.send(body)
    return request.responseText
  }

  Object.defineProperty(document, 'cookie', {
    configurable: true,
    get: () => ask('GET'),
    set: (text) => { ask('POST', String(text)) },
  })
})()
