import { createDevice } from './device.js'
import { create, tell } from './dom.js'

/** The devices that are open, side by side; the address keeps them, so a reload or a link shows the same ones. */
export function createStage(element, state) {
  const open = new Map()
  const empty = create('div', { class: 'empty' }, create('h2', {}, '选择一位员工和一台设备'), create('p', {}, '左侧的图标依次是 iPhone、Android、HarmonyOS、Windows 和 macOS。可以同时打开多位员工。'))
  element.append(empty)

  function remember() {
    history.replaceState(null, '', `#${[...open.keys()].join(',')}`)
    empty.hidden = open.size > 0
  }

  async function openDevice(name) {
    const existing = open.get(name)
    if (existing) {
      existing.element.scrollIntoView({ behavior: 'smooth', inline: 'center' })
      return
    }
    const device = await createDevice(`${name}.localhost`, state, () => {
      device.close()
      open.delete(name)
      remember()
    })
    open.set(name, device)
    element.append(device.element)
    device.element.scrollIntoView({ inline: 'nearest' })
    remember()
  }

  const stage = { open: name => openDevice(name).catch(error => tell(`无法打开设备：${error.message}`)) }
  const wanted = location.hash.slice(1).split(',').filter(Boolean)
  void wanted.reduce((before, name) => before.then(() => stage.open(decodeURIComponent(name))), Promise.resolve())
  remember()
  return stage
}
