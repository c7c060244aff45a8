// The frame around the page. In the workbench the parent window draws it, in a browser tab alone.js.
(() => {
  const container = window.__dingtalkContainer
  const { facts } = container
  const left = { control: false }

  /** Tells the frame what a native call changed, e.g. { type: 'title', title }. */
  container.shell = (message) => {
    if (message.type === 'left')
      left.control = message.control
    if (container.framed)
      container.tellParent({ ...message, from: 'dingtalk-device' }, parentOrigin())
    else
      container.alone[message.type]?.(message)
  }

  /** Panels opened by a page in a plain tab are framed by that page itself. */
  function parentOrigin() {
    try {
      return window.parent.location.origin
    }
    catch {
      return facts.containerOrigin
    }
  }

  /** The native back gesture (dingtalk-jsapi §9 row 13). */
  container.back = () => {
    if (facts.kind === 'android' && !document.dispatchEvent(new Event('backbutton', { cancelable: true })))
      return
    if (left.control && facts.desktop)
      container.emitPc('leftBtnClick', {})
    else if (left.control && facts.kind !== 'android')
      container.tap('biz.navigation.setLeft')
    else
      container.goBack()
  }

  /** A client event: plain document events, namespaced ones, or the PC channel (dingtalk-jsapi §2.7). */
  container.emit = (name, data = {}) => {
    if (facts.desktop)
      return container.emitPc(name, data)
    const dot = name.lastIndexOf('.')
    document.dispatchEvent(dot < 0
      ? new Event(name, { cancelable: true })
      : new CustomEvent('dtBizBridgeEvent', {
          detail: {
            namespace: name.slice(0, dot),
            eventName: name.slice(dot + 1),
            data,
          },
        }))
  }

  const orders = {
    back: () => container.back(),
    tap: ({ method, data }) => container.tap(method, data),
    event: ({ name, data }) => container.emit(name, data),
    settle: ({ id, ok, data }) => container.settle(id, ok, data),
  }

  window.addEventListener('message', (event) => {
    if (event.data?.to !== 'dingtalk-device' || event.origin !== parentOrigin())
      return
    // The page must not see what passes between its native frame and the bridge.
    event.stopImmediatePropagation()
    orders[event.data.type]?.(event.data)
  })

  // Until the page sets a native title, the frame shows the document's.
  if (container.framed) {
    let told
    const tellTitle = () => {
      if (document.title !== told) {
        told = document.title
        container.shell({ type: 'document-title', title: told })
      }
    }
    document.addEventListener('DOMContentLoaded', () => {
      tellTitle()
      new MutationObserver(tellTitle).observe(document.head, { childList: true, subtree: true, characterData: true })
    })
  }

  document.addEventListener('visibilitychange', () => container.emit(document.hidden ? 'pause' : 'resume'))
})()
