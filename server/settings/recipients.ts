import type { ApiOutput } from '#contract/index.ts'
import type { DingTalk } from '../dingtalk/index.ts'
import type { Locale } from '../http/locale.ts'
import { DingTalkError, explain } from '../dingtalk/index.ts'
import { readScopePeople } from './scope-people.ts'

type Recipients = ApiOutput<'GET /api/settings/dingtalk/doctor/recipients'>

const shown = 20

/**
 * Whom a test notification can go to: the company's administrators, and where DingTalk does not tell them, members it
 * does tell. Nobody at all is an answer too; a userid can be typed.
 */
export async function readRecipients(dingtalk: Pick<DingTalk, 'contacts'>, locale: Locale, signal: AbortSignal): Promise<Recipients> {
  const { contacts } = dingtalk
  const call = { signal, priority: 'interactive' } as const
  try {
    const admins = await contacts.listAdmins(call)
    const recipients = await Promise.all(
      admins.slice(0, shown).map(async ({ userid, sysLevel }) => {
        // A name is a kindness, not a condition: the administrator may be outside the authorized scope.
        const looked = await contacts.getUser(userid, call).catch(() => undefined)
        return { userid, name: looked?.status === 'found' ? looked.member.name || userid : userid, main: sysLevel === 1 }
      }),
    )
    return { recipients: recipients.sort((a, b) => Number(b.main) - Number(a.main)), refusal: null }
  }
  catch (error) {
    if (!(error instanceof DingTalkError))
      throw error
    const { cause, fix } = explain(error, locale)
    const members = await knownMembers(dingtalk, signal).catch((failed: unknown) => {
      if (!(failed instanceof DingTalkError))
        throw failed
      return []
    })
    return { recipients: members, refusal: { code: error.reason, means: cause, fix } }
  }
}

/** Some members of the authorized scope: of its first departments, or named by it. */
async function knownMembers(dingtalk: Pick<DingTalk, 'contacts'>, signal: AbortSignal): Promise<Recipients['recipients']> {
  const { contacts } = dingtalk
  const call = { signal, priority: 'interactive' } as const
  const { deptIds, userids } = await contacts.authScopes(call)
  const members = userids.length > 0 ? await readScopePeople(dingtalk, userids, call).catch(() => []) : []
  for (const queue = [...deptIds], seen = new Set<number>(); queue.length > 0 && members.length < shown && seen.size < 5;) {
    const id = queue.shift()!
    seen.add(id)
    members.push(...(await contacts.listUsers(id, 0, shown, call)).members)
    if (members.length < shown)
      queue.push(...(await contacts.listSubDepartments(id, call)).map(child => child.deptId).filter(child => !seen.has(child)))
  }
  return [...new Map(members.map(({ userid, name }) => [userid, { userid, name: name || userid, main: false }])).values()].slice(0, shown)
}
