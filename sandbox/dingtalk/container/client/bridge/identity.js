// The page reads the same user agent that the proxy sends (dingtalk-jsapi §1: read once, at module load).
(() => {
  const { facts } = window.__dingtalkContainer

  function pretend(name, value) {
    Object.defineProperty(navigator, name, {
      get: () => value,
      configurable: true,
    })
  }

  pretend('userAgent', facts.userAgent)
  pretend('appVersion', facts.userAgent.replace(/^Mozilla\//, ''))
  pretend('platform', facts.navigatorPlatform)
  pretend('userAgentData', undefined)
  pretend('language', facts.language)
  pretend('languages', [facts.language, facts.language.slice(0, 2)])
  if (!facts.desktop)
    pretend('maxTouchPoints', 5)
})()
