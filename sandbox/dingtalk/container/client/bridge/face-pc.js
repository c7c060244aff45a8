// Windows and macOS (dingtalk-jsapi §2.4). The page posts requests to its own window for an origin under
// dingtalk.com and expects answers that seem to come from there; only the string has to be right.
(() => {
  const container = window.__dingtalkContainer
  const hostOrigin = 'https://im.dingtalk.com'
  const containerId = container.facts.page
  const initEvent = 'SYS_openAPIContainerInitEvent'
  const initRequest = 'SYS_openAPIContainerInit'
  let eventChannel

  function deliver(data) {
    window.dispatchEvent(new MessageEvent('message', { origin: hostOrigin, source: window, data }))
  }

  async function answer({ msgId, methodName, body }, ready) {
    if (methodName === initEvent) {
      eventChannel = msgId
      return
    }
    await ready
    const { ok, data } = await container.handle(methodName, body)
    deliver({
      type: 'response',
      msgId,
      success: ok,
      body: data,
    })
  }

  /** Installs the request side; answers wait for `ready`. */
  container.facePc = (ready) => {
    window.name = JSON.stringify({
      hostOrigin,
      containerId,
      hostVersion: container.facts.version,
      language: container.facts.language,
      corsIframe: true,
      session: container.session,
    })
    const native = window.postMessage.bind(window)
    window.postMessage = (message, ...rest) => {
      if (message?.type === 'request' && message.containerId === containerId)
        void answer(message, ready)
      else if (!(message?.type === 'response' && rest[0] === hostOrigin))
        native(message, ...rest)
    }
  }

  /** The marker of a ready client: with it the SDK sends at once. */
  container.markPc = () => {
    window.dingtalk = {
      platform: {
        invokeAPI() {},
      },
    }
  }

  /** A client that comes late announces itself (only a top-level page waits for this). */
  container.announcePc = () => deliver({
    type: 'request',
    msgId: 1,
    methodName: initRequest,
    body: {},
  })

  /** A host event for `dd.on(name, …)`; false while the page has not opened the channel. */
  container.emitPc = (eventName, body) => {
    if (eventChannel === undefined)
      return false
    deliver({
      type: 'event',
      msgId: eventChannel,
      eventName,
      body,
    })
    return true
  }
})()
