import { api, onNews } from './api.js'
import { createDesktop } from './desktop.js'
import { avatar, create } from './dom.js'
import { icon } from './icons.js'
import { createInspector } from './inspector.js'
import { createPhone } from './phone.js'

/** One open device: its handle bar (who, what, tools), the device itself, and its inspector. */
export async function createDevice(host, state, onClose) {
  const device = await api.device(host)
  const profile = state.kinds.find(({ kind }) => kind === device.kind)
  const holder = await employee(device.userid)
  const origin = `${location.protocol}//${host}${location.port ? `:${location.port}` : ''}`
  const build = profile.desktop ? createDesktop : createPhone
  const name = device.shared ? holderPicker(device) : create('b')
  const picture = create('span')
  const frame = build({ host, origin, state, kind: device.kind, userid: () => holder.userid })
  const inspector = createInspector(device, frame)

  function showHolder(member) {
    Object.assign(holder, member)
    if (device.shared)
      name.value = holder.userid
    else
      name.textContent = holder.name
    picture.replaceChildren(avatar(holder))
  }

  const endNews = onNews('device', async (news) => {
    if (news.host !== host)
      return
    showHolder(await employee(news.userid))
    frame.restart()
  })
  const tools = [
    ['reload', '刷新页面', () => frame.reload()],
    ['bug', '设备设置与调用记录', () => inspector.toggle()],
    ['tab', '在浏览器标签页中打开', () => window.open(`${origin}/__container/open`, '_blank', 'noopener')],
    ['close', '关闭设备', onClose],
  ]
  const bar = create('header', { class: 'device-bar' }, picture, create('div', { class: 'grow' }, name, create('small', {}, device.shared ? `公用 · ${profile.name}` : profile.name)), tools.map(([symbol, label, run]) => create('button', { 'class': 'tool', 'title': label, 'aria-label': label, 'onclick': run }, icon(symbol))))

  showHolder(holder)
  return {
    element: create('section', { 'class': `device ${profile.desktop ? 'is-desktop' : 'is-phone'}`, 'data-host': host, 'aria-label': `${holder.name} ${profile.name}` }, bar, create('div', { class: 'device-body' }, frame.element, inspector.element)),
    close() {
      endNews()
      frame.close()
      inspector.close()
      document.querySelector(`[data-host="${host}"]`)?.remove()
    },
  }
}

async function employee(userid) {
  const { members } = await api.members({ ids: userid })
  return members[0] ?? { userid, name: userid }
}

/** Who holds the shared phone; choosing somebody hands it over. */
function holderPicker({ host, userid }) {
  const list = create('select', { 'class': 'holder', 'aria-label': '持有人', 'onchange': () => api.switchTo(host, list.value) })
  void api.members({}).then(({ members }) => {
    list.append(...members.filter(member => member.active).map(member => create('option', { value: member.userid }, member.name)))
    list.value = userid
  })
  return list
}
