import type { SandboxMember } from '../../types.ts'
import type { World } from '../world/world.ts'
import { escapeHtml, page } from './html.ts'

const SHOWN = 50

interface Person {
  member: SandboxMember
  tag: string
}

function tagOf(member: SandboxMember): string {
  if (member.external === true)
    return '外部联系人'
  if (!member.active)
    return '未激活'
  return { 0: '', 1: '主管理员', 2: '子管理员', 100: '老板' }[member.sysLevel]
}

function people(world: World, search: string): Person[] {
  const wanted = (member: SandboxMember): boolean => member.name.includes(search) || member.userid.includes(search)
  const found: Person[] = []
  for (const member of world.directory.members.values()) {
    if (found.length < SHOWN && wanted(member)) {
      found.push({ member, tag: tagOf(member) })
    }
  }
  for (const { member } of world.departures) {
    if (found.length < SHOWN && wanted(member) && !world.directory.members.has(member.userid))
      found.push({ member, tag: '已离职' })
  }
  return found
}

function departmentsOf(world: World, member: SandboxMember): string {
  return member.deptIds.map(id => world.directory.departments.get(id)?.name ?? '').join('、')
}

/** The query of this page with some parameters replaced. */
function link(query: URLSearchParams, changes: Record<string, string>): string {
  const next = new URLSearchParams(query)
  Object.entries(changes).forEach(([name, value]) => next.set(name, value))
  return escapeHtml(`?${next}`)
}

function row(world: World, query: URLSearchParams, { member, tag }: Person): string {
  const about = [member.title, departmentsOf(world, member)].filter(Boolean).join(' · ')
  return (
    `<li><a href="${link(query, { loginAs: member.userid })}" data-userid="${escapeHtml(member.userid)}">`
    + `<span class="face" aria-hidden="true">${escapeHtml(member.name.slice(-2))}</span>`
    + `<span class="who"><b>${escapeHtml(member.name)}</b><small>${escapeHtml(about || member.userid)}</small></span>`
    + `${tag === '' ? '' : `<span class="tag">${tag}</span>`}</a></li>`
  )
}

/** "Who are you?": the people of the company, a search, and a way to refuse. */
export function choosePage(world: World, query: URLSearchParams): string {
  const search = query.get('search') ?? ''
  const found = people(world, search.trim())
  const kept = [...query]
    .filter(([name]) => name !== 'search')
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('')
  const list
    = found.length > 0
      ? `<ul>${found.map(person => row(world, query, person)).join('')}</ul>${found.length < SHOWN ? '' : `<p>仅显示前 ${SHOWN} 人，其他人员请搜索</p>`}`
      : '<p>没有找到匹配的人员</p>'
  return page(
    '钉钉登录',
    `<h1>登录 ${escapeHtml(world.app.name)}</h1>
<p>${escapeHtml(world.app.corpName)} · 该应用将获得你的个人信息。请选择你的身份：</p>
<form class="search" method="get"><input type="search" name="search" value="${escapeHtml(search)}" placeholder="搜索姓名或 userid" aria-label="搜索">${kept}<button>搜索</button></form>
${list}
<form method="get">${kept}<button class="refuse" name="refuse" value="1">拒绝授权</button></form>`,
  )
}

export function problemPage(problem: string): string {
  return page('钉钉登录', `<h1>无法登录</h1><p>${escapeHtml(problem)}</p>`)
}
