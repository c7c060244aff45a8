// Android (dingtalk-jsapi §2.2). The method arrives in two words; later taps call `onOk` again.
(() => {
  const container = window.__dingtalkContainer

  function exec(onOk, onFail, service, action, params) {
    void container.handle(`${service}.${action}`, params, onOk).then(({ ok, data }) => (ok ? onOk : onFail)(data))
  }

  container.faceAndroid = ({ ready }) => {
    window.nuva = {
      isReady: ready,
      require: () => exec,
    }
  }
})()
