import type { MessageRule } from '#contract/messages/rules.ts'
import type { IsWorking } from '../../calendar/index.ts'
import type { Db } from '../../db/index.ts'
import type { WorkMessage } from '../../dingtalk/index.ts'
import type { Locale } from '../../http/locale.ts'
import type { Notifications, OutboxMessage } from '../../notifications/index.ts'
import type { InboxDraft } from '../inbox/index.ts'
import type { LinkSettings } from '../links/links.ts'
import type { Preference } from '../preferences/store.ts'
import type { Wording } from '../rules/store.ts'
import type { Notice } from './notice.ts'
import type { Addresses } from './receivers.ts'
import { writeInbox } from '../inbox/index.ts'
import { markOf } from '../links/links.ts'
import { writeLink } from '../links/target.ts'
import { channelsFor, readPreferences } from '../preferences/store.ts'
import { readWording } from '../rules/store.ts'
import { afterQuiet } from './quiet.ts'
import { receiversOf } from './receivers.ts'
import { render, valuesOf } from './render.ts'
import { settingOut } from './setting-out.ts'
import { usefulUntil } from './useful.ts'

export interface NotifyParts {
  directory: Addresses
  enqueue: Notifications['enqueue']
  workingDays: (tx: Db) => Promise<IsWorking>
  linkSettings: (tx: Db, pcOpens: LinkSettings['pcOpens']) => Promise<LinkSettings>
}

/** Kinds of which several for one person may become one message (server/notifications: gathering). */
const gathered = new Set<Notice['kind']>([
  'record.assigned',
  'record.transferred',
  'record.shared',
  'record.deleted',
  'contact.added',
  'collaborator.added',
  'lead.converted',
  'opportunity.stage_changed',
  'plan.due',
  'plan.overdue',
  'comment.added',
  'comment.mentioned',
])
/** Important: sent before the others, and DingTalk is asked what became of it, which costs a call more. */
const high = new Set<Notice['kind']>(['sync.approval', 'access.requested', 'system.alert'])
/** A record somebody new is to look after: whoever gave it away looks no more, so nobody would notice that the news was dropped. */
export const alwaysAsked: readonly Notice['kind'][] = ['record.assigned', 'record.transferred']
/** Said to a company as it is: another one that is connected is not told. */
export const companyNews: readonly Notice['kind'][] = ['announcement']
const low = new Set<Notice['kind']>(['digest.daily', 'digest.weekly', 'sync.finished', 'announcement'])

/**
 * Finds out whom notices concern, and writes inbox and outbox for them in one transaction. A fixed number of
 * statements, however many notices and receivers.
 */
export async function notify(tx: Db, parts: NotifyParts, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0)
    return
  const wording = await readWording(tx)
  const receivers = await receiversOf(tx, parts.directory, wording.rules, notices)
  const everybody = [...new Set([...receivers.values()].flat())]
  if (everybody.length === 0)
    return
  const preferences = await readPreferences(tx, everybody)
  const links = await parts.linkSettings(tx, wording.rules.pcOpens)
  const { inbox, outbox } = draft(receivers, preferences, wording, links, { now: new Date(), isWorking: await parts.workingDays(tx) })
  await writeInbox(tx, inbox)
  if (outbox.length > 0)
    await parts.enqueue(tx, outbox)
}

/** What is to be written, from all that was read. */
export function draft(receivers: Map<Notice, string[]>, preferences: Map<string, Preference>, wording: Wording, links: LinkSettings, when: When) {
  const inbox: InboxDraft[] = []
  const outbox: OutboxMessage[] = []
  for (const [notice, accountIds] of receivers) {
    const rule = wording.rules.kinds[notice.kind]
    const channels = new Map(accountIds.map(id => [id, channelsFor(notice.kind, rule, preferences.get(id)?.choices)]))
    const said = saidIn(notice, wording, links)
    const { key, kind, at } = notice
    const texts = { 'zh-CN': said['zh-CN'].inbox, 'en-US': said['en-US'].inbox }
    inbox.push({ accountIds: accountIds.filter(id => channels.get(id)!.inbox), key, kind, texts, link: writeLink(notice.opens), at })
    for (const accountId of accountIds.filter(id => channels.get(id)!.dingtalk))
      outbox.push(addressed(notice, said, rule, { accountId, preference: preferences.get(accountId) }, when))
  }
  return { inbox, outbox }
}

interface Addressed {
  accountId: string
  preference: Preference | undefined
}

/** The moment a message is written, and which days are working days. */
export interface When {
  now: Date
  isWorking: IsWorking
}

/** One message of the outbox. */
export function addressed(notice: Notice, said: Said, rule: MessageRule, { accountId, preference }: Addressed, { now, isWorking }: When): OutboxMessage {
  const { key, kind, actor, urgent } = notice
  const locale = preference?.locale ?? 'zh-CN'
  const { title, message, values } = said[locale]
  const notBefore = urgent ? undefined : afterQuiet(now, preference?.choices.quiet ?? null, isWorking)
  return {
    key,
    kind,
    accountId,
    locale,
    title,
    message,
    priority: high.has(kind) || urgent ? 'high' : low.has(kind) ? 'low' : 'normal',
    notBefore,
    expiresAt: usefulUntil(notice, rule, now, notBefore),
    by: actor?.name,
    ...(gathered.has(kind) && { gather: { key: kind }, data: values }),
  }
}

export type Said = Record<Locale, { title: string, values: Record<string, string>, inbox: { title: string, text: string }, message: WorkMessage }>

/** A notice in both languages: the same for everybody who reads one of them, so that they share a call. */
export function saidIn(notice: Notice, wording: Wording, links: LinkSettings): Said {
  const values = valuesOf(notice)
  const texts = wording.textsOf(notice.kind)
  const link = writeLink(notice.opens)
  const mark = markOf(notice.key)
  const inLanguage = (locale: Locale) => {
    const { title, text } = render(texts[locale], values[locale], links.base)
    const message = settingOut(wording.rules.kinds[notice.kind].format, { title, text, author: notice.actor?.name ?? '', at: notice.at, link, mark }, locale, links)
    return { title, values: values[locale], inbox: { title, text: text.inbox }, message }
  }
  return { 'zh-CN': inLanguage('zh-CN'), 'en-US': inLanguage('en-US') }
}
