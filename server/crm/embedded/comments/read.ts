import type { Comment } from '#contract/crm/comments.ts'
import type { Actor } from '../../gateway.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../../db/index.ts'
import { readCursor, writeCursor } from '../../../http/cursor.ts'
import { readRecord } from '../access/read.ts'

const { crmComment: comment } = tables

export type StoredComment = typeof comment.$inferSelect

const position = z.strictObject({ at: z.iso.datetime(), id: z.uuid() })

/** Comments on a follow-up or plan, oldest first. */
export async function listComments(parts: EmbeddedParts, actor: Actor, kind: KindDef, id: string, { cursor, limit }: { cursor?: string | undefined, limit: number }) {
  await readRecord(parts, actor, kind, id)
  const from = readCursor(position, cursor)
  const all = and(eq(comment.kind, kind.kind), eq(comment.recordId, id), isNull(comment.deletedAt))
  const rows = await parts.db
    .select()
    .from(comment)
    .where(and(all, from && sql`(${comment.createdAt}, ${comment.id}) > (${from.at}::timestamptz, ${from.id}::uuid)`))
    .orderBy(asc(comment.createdAt), asc(comment.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: await presentComments(parts, actor, page),
    nextCursor: last ? writeCursor({ at: last.createdAt.toISOString(), id: last.id }) : null,
    total: await parts.db.$count(comment, all),
  }
}

export async function presentComments({ directory }: EmbeddedParts, actor: Actor, rows: StoredComment[]): Promise<Comment[]> {
  const people = await directory.accountRefs(rows.flatMap(({ authorId, mentioned }) => [authorId, ...mentioned]))
  const person = (id: string) => people.get(id) ?? { id, name: '', avatar: null }
  return rows.map(({ id, authorId, content, mentioned, createdAt, updatedAt }) => ({
    id,
    author: person(authorId),
    text: content,
    mentions: mentioned.map(person),
    createdAt: createdAt.toISOString(),
    edited: updatedAt > createdAt,
    own: authorId === actor.id,
  }))
}
