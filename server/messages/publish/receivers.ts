import type { MessageRules, ReceiverRole } from '#contract/messages/rules.ts'
import type { Db } from '../../db/index.ts'
import type { Directory } from '../../directory/index.ts'
import type { Notice } from './notice.ts'

export type Addresses = Pick<Directory, 'activeAmongIn' | 'holdersOf' | 'leadersOf'>

/** Who is told of each notice: active people, never whoever did it. Reads at most three times, however many notices there are. */
export async function receiversOf(tx: Db, directory: Addresses, rules: MessageRules, notices: readonly Notice[]): Promise<Map<Notice, string[]>> {
  const told = notices.filter(({ kind }) => rules.kinds[kind].inbox || rules.kinds[kind].dingtalk)
  const ruleOf = ({ kind }: Notice) => rules.kinds[kind]
  const led = told.flatMap(notice => (ruleOf(notice).parts.includes('leader') && notice.parties?.owner ? [notice.parties.owner] : []))
  const leaders = await directory.leadersOf(tx, [...new Set(led)])
  const holders = await holdersByRole(tx, directory, [...new Set(told.flatMap(notice => ruleOf(notice).roles))])

  const candidates = new Map(told.map((notice) => {
    const { owner, formerOwner, collaborators = [], mentioned = [] } = notice.parties ?? {}
    const byPart = {
      owner: owner ? [owner] : [],
      formerOwner: formerOwner ? [formerOwner] : [],
      collaborators,
      mentioned,
      leader: leaders.get(owner ?? '') ?? [],
    }
    const { parts, roles, people } = ruleOf(notice)
    const all = new Set([...parts.flatMap(part => byPart[part]), ...roles.flatMap(role => holders.get(role) ?? []), ...people])
    if (!notice.actorToo && notice.actor)
      all.delete(notice.actor.id)
    return [notice, [...all].filter(isAccountId)]
  }))
  const active = await directory.activeAmongIn(tx, [...new Set([...candidates.values()].flat())])
  return new Map([...candidates].map(([notice, ids]) => [notice, ids.filter(id => active.has(id))]))
}

async function holdersByRole(tx: Db, directory: Addresses, roles: ReceiverRole[]): Promise<Map<ReceiverRole, string[]>> {
  const found = new Map<ReceiverRole, string[]>()
  for (const role of roles) found.set(role, await directory.holdersOf(tx, [role]))
  return found
}

/** A person of another CRM is none of our accounts. */
function isAccountId(id: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)
}
