import type { Sample } from '#contract/connection.ts'
import type { DingTalk, Member } from '../dingtalk/index.ts'
import { readScopePeople } from './scope-people.ts'
import { departmentsRead, walkDepartments } from './walk.ts'

const shown = 5

/** Which fields are counted, and how a value shows. */
const has = {
  title: (member: Member) => Boolean(member.title),
  mobile: (member: Member) => Boolean(member.mobile),
  email: (member: Member) => Boolean(member.email ?? member.orgEmail),
  jobNumber: (member: Member) => Boolean(member.jobNumber),
  avatar: (member: Member) => Boolean(member.avatar),
  hiredAt: (member: Member) => member.hiredDate !== undefined,
}

interface Found { deptId: number, name: string, parentId?: number | undefined }

/**
 * Departments and members as DingTalk tells them now, and how complete they are; nothing is stored (README step 7).
 * The scope may be a single department, or nothing but people: its own roots belong to what can be read.
 */
export async function readSample(dingtalk: Pick<DingTalk, 'contacts'>, signal: AbortSignal): Promise<Sample> {
  const { contacts } = dingtalk
  const call = { signal, priority: 'interactive' } as const
  const scopes = await contacts.authScopes(call)
  const roots = scopes.deptIds.includes(1) ? [1] : scopes.deptIds.slice(0, departmentsRead)
  const named = await Promise.all(roots.map(id => contacts.getDepartment(id, call)))
  const departments = await walkDepartments<Found>(dingtalk, named.flatMap(answer => (answer.status === 'found' ? [answer.department] : [])), call)
  const pages = await Promise.all(departments.map(({ deptId }) => contacts.listUsers(deptId, 0, 100, call)))
  const single = await readScopePeople(dingtalk, scopes.userids, call)
  const members: Member[] = [...new Map([...pages.flatMap(page => page.members), ...single].map(member => [member.userid, member])).values()]
  const company = await contacts.countUsers(false, call).catch(() => undefined)
  return {
    departments: departments.slice(0, shown).map(({ deptId, parentId, name }) => ({ id: String(deptId), parentId: parentId === undefined ? null : String(parentId), name })),
    members: members.slice(0, shown).map(({ userid, name, title }) => ({ userid, name, title: title ?? null })),
    coverage: {
      of: members.length,
      fields: Object.entries(has).map(([field, filled]) => ({ field: field as keyof typeof has, count: members.filter(filled).length })),
      partial: company === undefined || members.length < company,
    },
  }
}
