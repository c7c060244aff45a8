import type { SandboxMember, SandboxPlatform } from '../../types.ts'
import { z } from 'zod'
import { employeeLabel } from '../hosts.ts'

/** Rows the sidebar shows at once; sandbox companies can have half a million people. */
const limit = 80

export const memberQuery = z.object({
  /** Part of a name, userid or title. */
  q: z.string().trim().default(''),
  /** Department, its sub-departments included. */
  dept: z.coerce.number().int().optional(),
  /** Comma-separated userids instead of a search. */
  ids: z.string().optional(),
})

/** People to choose from, with what the sidebar shows of each. */
export function findMembers(platform: SandboxPlatform, { q, dept, ids }: z.output<typeof memberQuery>): { total: number, members: object[] } {
  const inside = dept === undefined ? undefined : subtree(platform, dept)
  const wanted = ids?.split(',')
  const found = platform
    .members()
    .filter(
      member =>
        !member.external
        && (!wanted || wanted.includes(member.userid))
        && (!inside || member.deptIds.some(id => inside.has(id)))
        && (!q || [member.name, member.userid, member.title ?? ''].some(text => text.includes(q))),
    )
  return { total: found.length, members: found.slice(0, limit).map(member => row(platform, member)) }
}

function row(platform: SandboxPlatform, { userid, name, avatar, title, deptIds, active, sysLevel }: SandboxMember): object {
  const names = platform
    .departments()
    .filter(department => deptIds.includes(department.deptId))
    .map(department => department.name)
  const unread = platform.messagesOf(userid).filter(message => !message.read && !message.recalled).length
  return { userid, name, avatar, title, departments: names, active, sysLevel, unread, label: employeeLabel(userid) }
}

function subtree(platform: SandboxPlatform, root: number): Set<number> {
  const below = Map.groupBy(platform.departments(), department => department.parentId)
  const inside = new Set([root])
  for (const id of inside) below.get(id)?.forEach(department => inside.add(department.deptId))
  return inside
}
