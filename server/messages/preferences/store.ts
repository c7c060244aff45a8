import type { MessageKind } from '#contract/messages/kinds.ts'
import type { MessageChoices } from '#contract/messages/preferences.ts'
import type { MessageRule } from '#contract/messages/rules.ts'
import type { Db } from '../../db/index.ts'
import type { Locale } from '../../http/locale.ts'
import { sql } from 'drizzle-orm'
import { messageChoices } from '#contract/messages/preferences.ts'
import { tables } from '../../db/index.ts'

const { messagePreference } = tables

export interface Preference {
  choices: MessageChoices
  locale: Locale | null
}

export const noChoices: MessageChoices = { kinds: {}, quiet: null }

/** What people have chosen; those who have not are absent. */
export async function readPreferences(db: Db, accountIds: string[]): Promise<Map<string, Preference>> {
  if (accountIds.length === 0)
    return new Map()
  const rows = await db
    .select()
    .from(messagePreference)
    .where(sql`${messagePreference.accountId} = any(${`{${accountIds.join(',')}}`}::uuid[])`)
  return new Map(rows.map(row => [row.accountId, { locale: row.locale, choices: row.choices === null ? noChoices : messageChoices.parse(row.choices) }]))
}

export async function writeChoices(db: Db, accountId: string, choices: MessageChoices): Promise<void> {
  const row = { choices, updatedAt: new Date() }
  await db.insert(messagePreference).values({ accountId, ...row }).onConflictDoUpdate({ target: messagePreference.accountId, set: row })
}

/** The channels a kind reaches this person by: what the company offers, less what they turned off where they may. */
export function channelsFor(kind: MessageKind, rule: MessageRule, choices: MessageChoices | undefined): { inbox: boolean, dingtalk: boolean } {
  const chosen = rule.mandatory ? undefined : choices?.kinds[kind]
  return { inbox: rule.inbox && (chosen?.inbox ?? true), dingtalk: rule.dingtalk && (chosen?.dingtalk ?? true) }
}
