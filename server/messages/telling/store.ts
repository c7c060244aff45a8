import type { SQL } from 'drizzle-orm'
import type { Db } from '../../db/index.ts'
import type { Notice } from '../publish/notice.ts'
import { inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { recordKinds } from '#contract/crm/kinds.ts'
import { messageKinds } from '#contract/messages/kinds.ts'
import { tables } from '../../db/index.ts'
import { readLink, writeLink } from '../links/target.ts'

const { messageNotice } = tables

/** Notices of one row, which are told together; an import has thousands. */
const together = 100

/** As a link spells it, so that what is stored is checked by the same rules. */
const opens = z.string().transform((link, context) => {
  const target = readLink(link)
  if (!target)
    context.addIssue('not a target')
  return target ?? z.NEVER
})
const words = z.union([z.string(), z.object({ 'zh-CN': z.string(), 'en-US': z.string() })])
const stored = z.array(z.object({
  kind: z.enum(messageKinds),
  key: z.string(),
  at: z.iso.datetime().transform(at => new Date(at)),
  actor: z.object({ id: z.string(), name: z.string() }).nullable(),
  opens,
  record: z.object({ kind: z.enum(recordKinds), name: z.string() }).optional(),
  parties: z.object({ owner: z.string(), formerOwner: z.string(), collaborators: z.array(z.string()), mentioned: z.array(z.string()) }).partial().optional(),
  values: z.record(z.string(), words).optional(),
  actorToo: z.boolean().optional(),
  urgent: z.boolean().optional(),
}))

export interface Claimed {
  id: number
  notices: Notice[]
}

/** The statement that writes down what happened, with every word of it: one small row, spelled out because it has to cost next to nothing. */
export function noticesInsert(notices: readonly Notice[]): SQL | undefined {
  const rows = Array.from({ length: Math.ceil(notices.length / together) }, (_, part) =>
    sql`(${toText(notices.slice(part * together, (part + 1) * together))})`)
  return rows.length > 0 ? sql`insert into ${messageNotice} (notices) values ${sql.join(rows, sql`, `)}` : undefined
}

/** Without characters that Postgres does not take: no business must fail for one. */
function toText(notices: readonly Notice[]): string {
  const linked = notices.map(notice => ({ ...notice, opens: writeLink(notice.opens) }))
  return JSON.stringify(linked, (_, value: unknown) => (typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value))
}

/** Takes what is to be told, oldest first; other instances pass over it until the transaction ends. */
export async function claimNotices(tx: Db, { atMost, only }: { atMost: number, only?: number }): Promise<Claimed[]> {
  const rows = await tx
    .select({ id: messageNotice.id, notices: messageNotice.notices })
    .from(messageNotice)
    .where(only === undefined ? sql`${messageNotice.nextAttemptAt} <= now()` : sql`${messageNotice.id} = ${only}`)
    .orderBy(messageNotice.id)
    .limit(atMost)
    .for('update', { skipLocked: true })
  return rows.map(({ id, notices }) => ({ id, notices: stored.parse(JSON.parse(notices)) }))
}

/** What is due, to try it one by one. */
export async function dueNotices(db: Db, atMost: number): Promise<number[]> {
  const rows = await db.select({ id: messageNotice.id }).from(messageNotice).where(sql`${messageNotice.nextAttemptAt} <= now()`).orderBy(messageNotice.id).limit(atMost)
  return rows.map(({ id }) => id)
}

export async function removeNotices(tx: Db, ids: readonly number[]): Promise<void> {
  await tx.delete(messageNotice).where(inArray(messageNotice.id, [...ids]))
}

/** Puts off what could not be told: by two seconds, four, … at most an hour. @returns how often it was tried */
export async function postponeNotices(db: Db, id: number): Promise<number> {
  const [row] = await db
    .update(messageNotice)
    .set({
      attempts: sql`${messageNotice.attempts} + 1`,
      nextAttemptAt: sql`now() + least(3600, power(2, least(${messageNotice.attempts}, 12) + 1)) * interval '1 second'`,
    })
    .where(sql`${messageNotice.id} = ${id}`)
    .returning({ attempts: messageNotice.attempts })
  return row?.attempts ?? 0
}

/** Somebody goes on as another account, also in what is not told yet. */
export async function renameInNotices(tx: Db, { from, to }: { from: string, to: string }): Promise<void> {
  await tx.execute(sql`update ${messageNotice} set notices = replace(notices, ${from}::text, ${to}::text) where notices like ${`%${from}%`}`)
}

/** Rows here live for moments only. A Postgres server clears their remains away by itself, the embedded one does not. */
export async function vacuumNotices(db: Db): Promise<void> {
  await db.execute(sql`vacuum ${messageNotice}`)
}
