import type { Announcement, AnnouncementDraft } from '#contract/messages/announcements.ts'
import type { Db } from '../../db/index.ts'
import type { CallerAccount } from '../../http/context.ts'
import type { Notifications } from '../../notifications/index.ts'
import type { AnnounceParts } from './prepare.ts'
import { and, eq } from 'drizzle-orm'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { invalid } from '../../http/app-error.ts'
import { writeInbox } from '../inbox/index.ts'
import { writeLink } from '../links/target.ts'
import { callsFor, departmentsOf, prepare } from './prepare.ts'
import { show } from './store.ts'

const { announcement } = tables

type Parts = AnnounceParts & Pick<Notifications, 'enqueueForDepartments' | 'pace'>

/** People left out who are remembered by name; beyond, their number. */
const leftListed = 1000

/** The inbox shows the beginning; the whole is read on its own page. */
const excerpt = 200

/**
 * Makes an announcement: remembered, in everybody's inbox and in the outbox, in one transaction. The same key of the same
 * person again changes nothing and answers what the first press made, also when both are pressed at once.
 */
export async function announce(tx: Db, parts: Parts, caller: CallerAccount, draft: AnnouncementDraft, { key, ip }: { key: string, ip: string }): Promise<Announcement> {
  const at = new Date()
  const empty = { content: {}, audience: draft.audience, way: draft.way, recipients: 0, left: {}, calls: 0, createdAt: at }
  const [row] = await tx.insert(announcement).values({ authorId: caller.id, clientKey: key, ...empty }).onConflictDoNothing().returning({ id: announcement.id })
  if (!row) {
    const [first] = await tx.select().from(announcement).where(and(eq(announcement.authorId, caller.id), eq(announcement.clientKey, key)))
    return show(first!, caller.name)
  }
  const { notice, said, recipients, outbox, left, expiresAt } = await prepare(tx, parts, caller, draft, { id: row.id, at })
  if (recipients.length === 0)
    throw invalid([{ path: 'audience', message: 'no_recipients' }])

  const short = (text: string) => ([...text].length > excerpt ? `${[...text].slice(0, excerpt).join('')}…` : text)
  const inboxText = ({ title, text }: { title: string, text: string }) => ({ title, text: short(text) })
  await writeInbox(tx, [{
    accountIds: recipients.map(({ id }) => id),
    key: notice.key,
    kind: 'announcement',
    texts: { 'zh-CN': inboxText(said['zh-CN'].inbox), 'en-US': inboxText(said['en-US'].inbox) },
    link: writeLink(notice.opens),
    at,
  }])

  const { receiversPerCall, receiversPerMinute } = await parts.pace(tx)
  let calls = 0
  let sendings: string[] = []
  if (draft.way === 'people') {
    calls = callsFor(outbox, new Set(left.filter(({ reason }) => reason === 'unbound').map(({ account }) => account.id)), receiversPerCall)
    sendings = (await parts.enqueue(tx, outbox)).sendings
  }
  if (draft.way === 'departments') {
    const departments = await departmentsOf(parts.directory, tx, draft.audience, receiversPerMinute)
    if (!departments)
      throw invalid([{ path: 'way', message: 'way_unavailable' }])
    // Nobody knows who reads which language: a department is told in Chinese.
    const { title, message } = said['zh-CN']
    const written = await parts.enqueueForDepartments(tx, { departments, key: notice.key, kind: 'announcement', title, message, priority: draft.urgent ? 'high' : 'low', expiresAt, by: caller.name })
    calls = written.queued
    sendings = written.sendings
  }

  const counts = { disabled: 0, unbound: 0, turned_off: 0 }
  for (const { reason } of left) counts[reason] += 1
  const [stored] = await tx
    .update(announcement)
    .set({ content: { title: draft.title, text: draft.text, urgent: draft.urgent }, recipients: recipients.length, left: { counts, people: left.slice(0, leftListed).map(({ account: { id }, reason }) => ({ id, reason })) }, calls, sendings })
    .where(eq(announcement.id, row.id))
    .returning()
  await audit(tx, { actor: caller.name, action: 'messages.announce', detail: { id: row.id, title: draft.title, way: draft.way, recipients: recipients.length, calls }, ip })
  return show(stored!, caller.name)
}
