// IOS (dingtalk-jsapi §2.1). The success code is the string '0'.
(() => {
  const container = window.__dingtalkContainer

  container.faceIos = () => {
    window.WebViewJavascriptBridge = {
      init() {},
      registerHandler(method, handler) {
        container.watchers.set(method, data => handler(data, () => {}))
      },
      callHandler(method, params, done) {
        void container.handle(method, params).then(({ ok, data }) => done(ok
          ? { errorCode: '0', errorMessage: '', result: data }
          : data))
      },
    }
  }
})()
