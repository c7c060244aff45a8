import { api, onNews } from './api.js'
import { create } from './dom.js'

const choices = {
  bridge: ['桥接', { normal: '正常', late: '延迟出现', none: '没有桥接', failed: '初始化失败（Android）' }],
  login: ['免登授权码', { 'normal': '正常', 'unknown-domain': '域名未登记（3）', 'cancel': '用户取消（-1）', 'wrong-corp': '企业不符', 'never': '永不返回' }],
  client: ['客户端版本', { current: '7.6.0', old: '7.0.40（仅旧接口）' }],
  language: ['客户端语言', { 'zh-CN': '简体中文', 'en-US': 'English' }],
  corpId: ['首页 $CORPID$', { replaced: '替换为企业 ID', literal: '保留原样' }],
  errors: ['错误格式', { text: '字符串错误码', number: '数字错误码', nested: '嵌套错误信息' }],
  delayMs: ['调用延迟', { 0: '无', 500: '0.5 秒', 3000: '3 秒', 15000: '15 秒' }],
}

/** What is behind a device: how it misbehaves, what it stores, what was asked of it. */
export function createInspector(device, frame) {
  const { host } = device
  const facts = create('p', { class: 'faint' })
  const log = create('ol', { class: 'calls', reversed: '' })
  const seen = new Map()

  function select(name, [label, options]) {
    const field = create('select', { onchange: () => change(name, field.value) }, Object.entries(options).map(([value, text]) => create('option', { value }, text)))
    field.value = String(device.mode[name])
    return create('label', {}, create('span', {}, label), field)
  }

  async function change(name, value) {
    showFacts(await api.setMode(host, { [name]: name === 'delayMs' ? Number(value) : value }))
    frame.reload()
  }

  async function clear() {
    showFacts(await api.clearJar(host))
    frame.reload()
  }

  function showFacts({ cookies, storage }) {
    facts.textContent = `Cookie ${cookies} 个 · 客户端存储 ${storage} 项`
  }

  function showCall(call) {
    const row = create('li', { class: call.state }, create('details', {}, create('summary', {}, create('code', {}, call.method), create('span', { class: 'faint' }, call.took === undefined ? '等待中' : `${call.took} ms`)), create('pre', {}, JSON.stringify({ params: call.params, result: call.result }, null, 2))))
    const before = seen.get(call.id)
    if (before)
      before.replaceWith(row)
    else
      log.prepend(row)
    seen.set(call.id, row)
  }

  const events = ['resume', 'pause', 'online', 'offline'].map(name => create('button', { onclick: () => frame.event(name) }, name))
  const element = create('aside', { 'class': 'inspector', 'hidden': true, 'aria-label': '设备设置' }, create('h3', {}, '设备设置'), Object.entries(choices).map(([name, choice]) => select(name, choice)), facts, create('button', { class: 'wide', onclick: clear }, '清除 Cookie 和存储'), create('h3', {}, '触发事件'), create('div', { class: 'events' }, events), create('h3', {}, 'JSAPI 调用'), log)
  const end = onNews('call', news => news.host === host && showCall(news.call))
  showFacts(device)
  void api.calls(host).then(calls => calls.forEach(showCall))
  return {
    element,
    async toggle() {
      element.hidden = !element.hidden
      showFacts(await api.device(host))
    },
    close: end,
  }
}
