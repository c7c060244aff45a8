import type { Department } from '#contract/directory.ts'
import type { AnnouncementAudience, AnnouncementDraft, LeftOut } from '#contract/messages/announcements.ts'
import type { Db } from '../../db/index.ts'
import type { Addressee, Directory } from '../../directory/index.ts'
import type { CallerAccount } from '../../http/context.ts'
import type { DepartmentReceivers, OutboxMessage } from '../../notifications/index.ts'
import type { Notice } from '../publish/notice.ts'
import type { NotifyParts, Said } from '../publish/notify.ts'
import { AppError, invalid } from '../../http/app-error.ts'
import { peopleACall } from '../../notifications/index.ts'
import { readPreferences } from '../preferences/store.ts'
import { addressed, saidIn } from '../publish/notify.ts'
import { usefulUntil } from '../publish/useful.ts'
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
  /** As departments, it is sent until then. */
  expiresAt: Date
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
  const { announcement: rule } = wording.rules.kinds
  if (draft.way !== 'inbox' && !rule.dingtalk)
    throw invalid([{ path: 'way', message: 'way_off' }])
  const links = await parts.linkSettings(tx, wording.rules.pcOpens)
  const when = { now: given.at, isWorking: await parts.workingDays(tx) }
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
  const off = (id: string) => !rule.mandatory && preferences.get(id)?.choices.kinds.announcement?.dingtalk === false
  // A department is told as one: also those who turned it off.
  const reasonOf = ({ id, active, bound }: Addressee) => (active ? (bound ? (draft.way !== 'departments' && off(id) ? 'turned_off' : undefined) : 'unbound') : 'disabled')
  const left = chosen.flatMap((person): LeftOut[] => {
    const reason = reasonOf(person)
    return reason ? [{ account: { id: person.id, name: person.name, avatar: person.avatar }, reason }] : []
  })
  // Without a binding they are in the outbox all the same: listed there, and sent to once they have one.
  const outbox = recipients.filter(({ id }) => !off(id)).map(({ id }) => addressed(notice, said, rule, { accountId: id, preference: preferences.get(id) }, when))
  return { notice, said, recipients, outbox, left, expiresAt: usefulUntil(notice, rule, given.at, undefined) }
}

/** Calls that a message to each person costs: one for each hundred, or what may be sent at once, with the same content at the same time (dingtalk-server-api §5.1). */
export function callsFor(outbox: readonly OutboxMessage[], unbound: ReadonlySet<string>, receiversPerCall: number): number {
  const batches = new Map<string, number>()
  for (const { accountId, locale, notBefore } of outbox) {
    const batch = `${locale} ${notBefore?.getTime() ?? ''}`
    if (!unbound.has(accountId))
      batches.set(batch, (batches.get(batch) ?? 0) + 1)
  }
  return [...batches.values()].reduce((sum, people) => sum + Math.ceil(people / receiversPerCall), 0)
}

/**
 * How departments would be told as departments; null where that cannot be, because DingTalk does not know one or one alone has
 * more people than a call may reach. One with more people than may be sent to in a minute is told by those below it, where
 * nobody belongs to itself.
 */
export async function departmentsOf(directory: Pick<Directory, 'departmentsIn'>, tx: Db, audience: AnnouncementAudience, receiversPerMinute: number): Promise<DepartmentReceivers[] | null> {
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
  const below = Map.groupBy(all, ({ parentId }) => parentId)
  const parted = (entry: Department): Department[] => {
    const children = below.get(entry.id) ?? []
    return entry.membersBelow > receiversPerMinute && entry.members === 0 && children.length > 0 ? children.flatMap(parted) : [entry]
  }
  const told = chosen.flatMap(entry => (entry ? parted(entry) : []))
  if (told.length === 0 || chosen.includes(undefined) || told.some(({ dingtalkId, membersBelow }) => dingtalkId === null || membersBelow > peopleACall))
    return null
  return told.flatMap(({ dingtalkId, membersBelow }) => (membersBelow > 0 ? { id: dingtalkId!, people: membersBelow } : []))
}
