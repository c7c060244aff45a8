import { api, onNews } from './api.js'
import { avatar, badge, create } from './dom.js'
import { icon } from './icons.js'

/** The list of employees, each with the devices that can be opened for them. */
export function createSidebar(element, state, stage) {
  const search = create('input', { 'type': 'search', 'placeholder': '搜索姓名、工号、职位', 'aria-label': '搜索员工', 'oninput': refresh })
  const department = create('select', { 'aria-label': '部门', 'onchange': refresh }, departmentOptions(state.departments))
  const list = create('ul', { class: 'people' })
  const count = create('p', { class: 'faint' })
  let turn = 0

  async function refresh() {
    const mine = ++turn
    const { total, members } = await api.members({ q: search.value, dept: department.value })
    if (mine !== turn)
      return
    list.replaceChildren(...members.map(member => row(member, state.kinds, stage)))
    count.textContent = total > members.length ? `共 ${total} 人，显示前 ${members.length} 人` : `共 ${total} 人`
  }

  element.append(
    create('header', {}, create('span', { class: 'mark' }, '钉'), create('div', {}, create('h1', {}, '钉钉沙箱'), create('p', { class: 'faint' }, state.app.corpName))),
    create('div', { class: 'filters' }, search, department),
    shared(state.kinds, stage),
    list,
    count,
  )
  onNews('message', refresh)
  return refresh()
}

function row(member, kinds, stage) {
  const devices = kinds.map(({ kind, suffix, name }) => create('button', { 'title': `在 ${name} 上打开`, 'aria-label': `${member.name}：${name}`, 'disabled': !member.active, 'onclick': () => stage.open(`${member.label}-${suffix}`) }, icon(kind)))
  const role = { 1: '主管理员', 2: '子管理员', 100: '老板' }[member.sysLevel]
  return create('li', { class: member.active ? '' : 'inactive' }, create('div', { class: 'who' }, avatar(member), create('div', { class: 'grow' }, create('b', {}, member.name, role ? create('span', { class: 'chip' }, role) : undefined, member.active ? undefined : create('span', { class: 'chip grey' }, '未激活')), create('small', {}, [member.title, member.departments[0]].filter(Boolean).join(' · ') || member.userid)), badge(member.unread)), create('div', { class: 'devices' }, devices))
}

function shared(kinds, stage) {
  const ios = kinds.find(({ kind }) => kind === 'ios')
  return create('button', { class: 'shared', onclick: () => stage.open(`shared-${ios.suffix}`) }, icon('switch'), create('span', {}, '公用手机', create('small', {}, '一部手机，可换人登录')))
}

function departmentOptions(departments) {
  const depth = department => department.parentId === undefined ? 0 : 1 + depth(departments.find(({ deptId }) => deptId === department.parentId) ?? {})
  const below = parentId => departments.filter(department => department.parentId === parentId).flatMap(department => [department, ...below(department.deptId)])
  return below(undefined).map(department => create('option', { value: department.parentId === undefined ? '' : department.deptId }, `${'　'.repeat(depth(department))}${department.parentId === undefined ? '全部部门' : department.name}`))
}
