import type { Comment } from '#contract/crm/comments.ts'
import type { Db } from '../../../db/index.ts'
import type { Actor } from '../../gateway.ts'
import type { Seen } from '../access/read.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { StoredComment } from './read.ts'
import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { isId, readRecord, readSeen } from '../access/read.ts'
import { kinds } from '../kinds/index.ts'
import { collaboratorsOf } from '../sharing/told.ts'
import { event } from '../write/events.ts'
import { refuseUnseen } from '../write/mentions.ts'
import { presentComments } from './read.ts'

const { crmComment: comment, requestKey: requestKeys } = tables

interface Draft {
  text: string
  mentions: string[]
  requestKey?: string | undefined
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)]

/** Whoever sees a follow-up or plan may have a word on it. */
export async function addComment(parts: EmbeddedParts, actor: Actor, kind: KindDef, recordId: string, { text, mentions, requestKey }: Draft): Promise<Comment> {
  const record = await readRecord(parts, actor, kind, recordId)
  await ensureSeen(parts, kind, recordId, mentions)
  const now = parts.now()
  const made = await parts.db.transaction(async (tx) => {
    const id = randomUUID()
    if (requestKey !== undefined) {
      const before = await madeBy(tx, actor, requestKey, id, kind)
      if (before)
        return before
    }
    const [row] = await tx.insert(comment).values({ id, kind: kind.kind, recordId, authorId: actor.id, content: text, mentioned: unique(mentions), createdAt: now, updatedAt: now }).returning()
    await tell(parts, tx, actor, kind, record, row!, unique(mentions), true)
    return row!
  })
  return (await presentComments(parts, actor, [made]))[0]!
}

/**
 * Changes one's own comment; who is mentioned for the first time hears of it.
 * @throws {AppError} not_found for a comment that is not theirs, or whose record is out of their sight by now
 */
export async function editComment(parts: EmbeddedParts, actor: Actor, id: string, { text, mentions }: Draft): Promise<Comment> {
  const { row, kind, record } = await ownComment(parts, actor, id)
  const added = unique(mentions).filter(person => !row.mentioned.includes(person))
  await ensureSeen(parts, kind, record.id, added)
  const changed = await parts.db.transaction(async (tx) => {
    const [changed] = await tx.update(comment).set({ content: text, mentioned: unique(mentions), updatedAt: parts.now() }).where(and(eq(comment.id, id), isNull(comment.deletedAt))).returning()
    if (!changed)
      throw new AppError('not_found')
    await tell(parts, tx, actor, kind, record, changed, added, false)
    return changed
  })
  return (await presentComments(parts, actor, [changed]))[0]!
}

export async function removeComment(parts: EmbeddedParts, actor: Actor, id: string): Promise<undefined> {
  await ownComment(parts, actor, id)
  await parts.db.update(comment).set({ deletedAt: parts.now() }).where(eq(comment.id, id))
  return undefined
}

async function ownComment(parts: EmbeddedParts, actor: Actor, id: string): Promise<{ row: StoredComment, kind: KindDef, record: Seen }> {
  const [row] = isId(id) ? await parts.db.select().from(comment).where(and(eq(comment.id, id), eq(comment.authorId, actor.id), isNull(comment.deletedAt))) : []
  if (!row)
    throw new AppError('not_found')
  const kind = kinds[row.kind]
  return { row, kind, record: await readRecord(parts, actor, kind, row.recordId) }
}

async function ensureSeen(parts: EmbeddedParts, kind: KindDef, recordId: string, people: readonly string[]): Promise<void> {
  await refuseUnseen(parts, people, async reach => (await readSeen(parts.db, kind, reach, [recordId])).length > 0)
}

/** Comments of a draft that is sent twice are one; their keys live beside those of records, under a name of their own. */
async function madeBy(tx: Db, actor: Actor, key: string, id: string, { kind }: KindDef): Promise<StoredComment | undefined> {
  const own = `comment:${key}`
  const [claimed] = await tx.insert(requestKeys).values({ accountId: actor.id, key: own, kind, recordId: id }).onConflictDoNothing().returning()
  if (claimed)
    return undefined
  const [before] = await tx
    .select({ comment })
    .from(requestKeys)
    .innerJoin(comment, eq(comment.id, requestKeys.recordId))
    .where(and(eq(requestKeys.accountId, actor.id), eq(requestKeys.key, own)))
  return before?.comment
}

async function tell(parts: EmbeddedParts, tx: Db, actor: Actor, kind: KindDef, record: Seen, row: StoredComment, mentioned: string[], added: boolean): Promise<void> {
  const told = { actor, at: parts.now(), mark: row.id, values: { comment: row.content, commentId: row.id } }
  const collaborators = (await collaboratorsOf(tx, kind, [record])).get(record.id) ?? []
  await parts.publish(tx, [
    ...(added ? [event('comment.added', kind, record, { ...told, parties: { collaborators } })] : []),
    ...(mentioned.length > 0 ? [event('comment.mentioned', kind, record, { ...told, mark: `${row.id}:${mentioned.toSorted().join()}`, parties: { mentioned } })] : []),
  ])
}
