import type { Sample } from '#contract/connection.ts'
import type { DingTalk, ListedMember, SubDepartment } from '../dingtalk/index.ts'

/** Departments looked at; more would take long, fewer would say little. */
const departmentsRead = 12
const shown = 5

/** Which fields are counted, and how a value shows. */
const has = {
  title: (member: ListedMember) => Boolean(member.title),
  mobile: (member: ListedMember) => Boolean(member.mobile),
  email: (member: ListedMember) => Boolean(member.email ?? member.orgEmail),
  jobNumber: (member: ListedMember) => Boolean(member.jobNumber),
  avatar: (member: ListedMember) => Boolean(member.avatar),
  hiredAt: (member: ListedMember) => member.hiredDate !== undefined,
}

/** Departments and members as DingTalk tells them now, and how complete they are; nothing is stored (README step 7). */
export async function readSample({ contacts }: Pick<DingTalk, 'contacts'>, signal: AbortSignal): Promise<Sample> {
  const call = { signal, priority: 'interactive' } as const
  const scopes = await contacts.authScopes(call)
  const roots = scopes.deptIds.includes(1) ? [1] : scopes.deptIds.slice(0, departmentsRead)
  const departments: SubDepartment[] = []
  for (const queue = [...roots]; queue.length > 0 && departments.length < departmentsRead;) {
    const children = await contacts.listSubDepartments(queue.shift()!, call)
    departments.push(...children)
    queue.push(...children.map(child => child.deptId))
  }
  const read = [...new Set([...roots, ...departments.slice(0, departmentsRead).map(child => child.deptId)])]
  const pages = await Promise.all(read.map(id => contacts.listUsers(id, 0, 100, call)))
  const members = [...new Map(pages.flatMap(page => page.members).map(member => [member.userid, member])).values()]
  const company = await contacts.countUsers(false, call).catch(() => undefined)
  return {
    departments: departments.slice(0, shown).map(({ deptId, parentId, name }) => ({ id: String(deptId), parentId: String(parentId), name })),
    members: members.slice(0, shown).map(({ userid, name, title }) => ({ userid, name, title: title ?? null })),
    coverage: {
      of: members.length,
      fields: Object.entries(has).map(([field, filled]) => ({ field: field as keyof typeof has, count: members.filter(filled).length })),
      partial: company === undefined || members.length < company,
    },
  }
}
