import type { CallOptions, DingTalk, Member } from '../dingtalk/index.ts'

/** People looked at one by one; each is a call. */
const peopleRead = 20

/** Those whom the authorized scope names by themselves, beside its departments: no department's list has them (dingtalk-server-api §4.2). */
export async function readScopePeople({ contacts }: Pick<DingTalk, 'contacts'>, userids: readonly string[], call: CallOptions): Promise<Member[]> {
  const looked = await Promise.all(userids.slice(0, peopleRead).map(id => contacts.getUser(id, call)))
  return looked.flatMap(answer => (answer.status === 'found' ? [answer.member] : []))
}
