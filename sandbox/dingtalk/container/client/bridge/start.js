// Puts the right face on, at the time the device's mode asks for (dingtalk-jsapi §9 row 1).
(() => {
  const container = window.__dingtalkContainer
  const { bridge, kind, lateMs } = container.facts

  function announce(name, detail) {
    document.dispatchEvent(new CustomEvent(name, { detail }))
  }

  const faces = {
    ios: {
      now: container.faceIos,
      later: () => {
        container.faceIos()
        announce('WebViewJavascriptBridgeReady')
      },
    },
    harmony: {
      now: container.faceHarmony,
      later: () => {
        container.faceHarmony()
        announce('DingTalkJSBridgeReady')
      },
    },
    android: {
      now: () => container.faceAndroid({ ready: true }),
      before: () => container.faceAndroid({ ready: false }),
      later: () => {
        window.nuva.isReady = true
        announce('runtimeready')
      },
      failed: () => announce('runtimefailed', { errorCode: '2', errorMessage: '运行环境初始化失败' }),
    },
    pc: {
      now: () => {
        container.facePc(Promise.resolve())
        container.markPc()
      },
      before: () => container.facePc(container.wait(lateMs)),
      later: () => container.announcePc(),
      // Recognised as DingTalk, but without the configuration that says where to send (dingtalk-jsapi §8).
      none: () => container.markPc(),
    },
  }
  faces.mac = faces.pc
  const face = faces[kind]

  if (bridge === 'normal') {
    face.now()
  }
  else if (bridge === 'late') {
    face.before?.()
    setTimeout(face.later, lateMs)
  }
  else if (bridge === 'failed' && face.failed) {
    face.before()
    setTimeout(face.failed, lateMs)
  }
  else {
    face.none?.()
  }
  container.shell({ type: 'ready', url: location.href })
})()
