import type { AnnouncementAudience, AnnouncementDraft, LeftOut } from '#contract/messages/announcements.ts'
import type { Db } from '../../db/index.ts'
import type { Addressee, Directory } from '../../directory/index.ts'
import type { CallerAccount } from '../../http/context.ts'
import type { OutboxMessage } from '../../notifications/index.ts'
import type { Notice } from '../publish/notice.ts'
import type { NotifyParts, Said } from '../publish/notify.ts'
import { AppError, invalid } from '../../http/app-error.ts'
import { readPreferences } from '../preferences/store.ts'
import { addressed, saidIn } from '../publish/notify.ts'
import { readWording } from '../rules/store.ts'

export interface AnnounceParts extends NotifyParts {
  directory: Directory
}

export interface Prepared {
  notice: Notice
  said: Said
  recipients: Addressee[]
  outbox: OutboxMessage[]
  left: LeftOut[]
}

/** People who may announce do so to those whose records they see; administrators to everybody. @throws {AppError} forbidden */
async function checkRights(tx: Db, directory: Directory, caller: CallerAccount, chosen: readonly Addressee[]): Promise<void> {
  if (!(await directory.mayIn(tx, caller, 'announce')))
    throw new AppError('forbidden')
  const scope = await directory.visibleOwnersIn(tx, caller)
  const within = scope.kind === 'all' ? undefined : new Set(scope.kind === 'own' ? [scope.accountId] : scope.ids)
  if (within && chosen.some(({ id }) => !within.has(id)))
    throw invalid([{ path: 'audience', message: 'outside_scope' }])
}

/** Who gets an announcement, in which words; writes nothing. */
export async function prepare(tx: Db, parts: AnnounceParts, caller: CallerAccount, draft: AnnouncementDraft, given: { id: string, at: Date }): Promise<Prepared> {
  const chosen = await parts.directory.addressees(tx, draft.audience)
  await checkRights(tx, parts.directory, caller, chosen)
  if (draft.audience.kind === 'people' && chosen.length < new Set(draft.audience.ids).size)
    throw invalid([{ path: 'audience', message: 'unknown_people' }])
  const recipients = chosen.filter(({ active }) => active)
  const wording = await readWording(tx)
  const links = await parts.linkSettings(tx, wording.rules.pcOpens)
  const preferences = await readPreferences(tx, recipients.map(({ id }) => id))
  const notice: Notice = {
    kind: 'announcement',
    key: `announcement:${given.id}`,
    at: given.at,
    actor: caller,
    opens: { kind: 'announcement', id: given.id },
    values: { title: draft.title, content: draft.text },
    urgent: draft.urgent,
  }
  const said = saidIn(notice, wording, links)
  const off = (id: string) => !wording.rules.kinds.announcement.mandatory && preferences.get(id)?.choices.kinds.announcement?.dingtalk === false
  const reasonOf = ({ id, active, bound }: Addressee) => (active ? (bound ? (off(id) ? 'turned_off' : undefined) : 'unbound') : 'disabled')
  const left = chosen.flatMap((person): LeftOut[] => {
    const reason = reasonOf(person)
    return reason ? [{ account: { id: person.id, name: person.name, avatar: person.avatar }, reason }] : []
  })
  // Without a binding they are in the outbox all the same: listed there, and sent to once they have one.
  const outbox = recipients.filter(({ id }) => !off(id)).map(({ id }) => addressed(notice, said, id, preferences.get(id), given.at))
  return { notice, said, recipients, outbox, left }
}

/** Calls that a message to each person costs: one for each hundred with the same content at the same time (dingtalk-server-api §5.1). */
export function callsFor(outbox: readonly OutboxMessage[], unbound: ReadonlySet<string>): number {
  const batches = new Map<string, number>()
  for (const { accountId, locale, notBefore } of outbox) {
    const batch = `${locale} ${notBefore?.getTime() ?? ''}`
    if (!unbound.has(accountId))
      batches.set(batch, (batches.get(batch) ?? 0) + 1)
  }
  return [...batches.values()].reduce((sum, people) => sum + Math.ceil(people / 100), 0)
}

export interface DepartmentCalls {
  deptIds: number[]
  receivers: number
  calls: number
}

/** Departments of one call, and people one call may reach (dingtalk-server-api §5.1). */
const departmentsACall = 20
const peopleACall = 5000

/** How departments would be told as departments; null where that cannot be, because DingTalk does not know one or a call would reach too many. */
export async function departmentCalls(directory: Directory, tx: Db, audience: AnnouncementAudience): Promise<DepartmentCalls | null> {
  if (audience.kind === 'people')
    return null
  const all = await directory.departmentsIn(tx)
  const byId = new Map(all.map(entry => [entry.id, entry]))
  const wanted = new Set(audience.kind === 'all' ? all.filter(({ parentId }) => parentId === null).map(({ id }) => id) : audience.ids)
  const inAnother = (id: string): boolean => {
    const parent = byId.get(id)?.parentId ?? null
    return parent !== null && (wanted.has(parent) || inAnother(parent))
  }
  // What is below another chosen one is reached through it.
  const chosen = [...wanted].filter(id => !inAnother(id)).map(id => byId.get(id))
  const deptIds = chosen.flatMap(entry => (entry?.dingtalkId ? [entry.dingtalkId] : []))
  if (deptIds.length === 0 || deptIds.length < chosen.length)
    return null
  const people = chosen.map(entry => entry!.membersBelow)
  const calls = Math.ceil(deptIds.length / departmentsACall)
  for (let call = 0; call < calls; call++) {
    const reached = people.slice(call * departmentsACall, (call + 1) * departmentsACall).reduce((sum, count) => sum + count, 0)
    if (reached > peopleACall)
      return null
  }
  return { deptIds, receivers: people.reduce((sum, count) => sum + count, 0), calls }
}
