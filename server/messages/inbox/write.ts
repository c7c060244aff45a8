import type { MessageKind } from '#contract/messages/kinds.ts'
import type { Db } from '../../db/index.ts'
import type { Locale } from '../../http/locale.ts'
import { sql } from 'drizzle-orm'
import { categoryOf } from '#contract/messages/kinds.ts'
import { tables } from '../../db/index.ts'
import { recordset } from '../../db/recordset.ts'

const { inboxMessage } = tables

/** One message for several people. */
export interface InboxDraft {
  accountIds: string[]
  /** Names the business event. */
  key: string
  kind: MessageKind
  texts: Record<Locale, { title: string, text: string }>
  link: string | null
  at: Date
}

/** Writes messages in the transaction of what they tell of; an event that was told before is not told again. One statement. */
export async function writeInbox(tx: Db, drafts: readonly InboxDraft[]): Promise<void> {
  const receivers = drafts.flatMap((draft, draftNo) => draft.accountIds.map(accountId => ({ draftNo, accountId })))
  if (receivers.length === 0)
    return
  const told = drafts.map((draft, draftNo) => ({
    draftNo,
    key: draft.key,
    kind: draft.kind,
    category: categoryOf[draft.kind],
    texts: draft.texts,
    link: draft.link,
    at: draft.at.toISOString(),
  }))
  const message = recordset('message', { draftNo: 'integer', key: 'text', kind: 'text', category: 'text', texts: 'jsonb', link: 'text', at: 'timestamptz' }, told)
  const receiver = recordset('receiver', { draftNo: 'integer', accountId: 'uuid' }, receivers)
  await tx.execute(sql`
    insert into ${inboxMessage} (account_id, key, kind, category, texts, link, at)
    select receiver."accountId", message.key, message.kind, message.category, message.texts, message.link, message.at
    from ${message} join ${receiver} on receiver."draftNo" = message."draftNo"
    on conflict (account_id, key) do nothing`)
}
