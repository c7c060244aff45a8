// HarmonyOS (dingtalk-jsapi §2.3).
(() => {
  const container = window.__dingtalkContainer

  container.faceHarmony = () => {
    window.DingTalkJSBridge = {
      init() {},
      call(method, params, done) {
        const reply = (ok, data) => done({ success: ok, body: data })
        void container.handle(method, params, data => reply(true, data)).then(({ ok, data }) => reply(ok, data))
      },
    }
  }
})()
