import type { Db } from '../../../db/index.ts'
import type { ConflictsService } from '../services.ts'
import { and, asc, desc, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { contains } from '../../../db/contains.ts'
import { tables } from '../../../db/index.ts'
import { readCursor, writeCursor } from '../../../http/cursor.ts'
import { recordConflicts } from './record.ts'
import { reopenConflict } from './reopen.ts'
import { resolveConflict } from './resolve.ts'
import { presentConflicts } from './view.ts'

const { syncConflict } = tables

const position = z.object({ at: z.iso.datetime(), id: z.uuid() })

/** Members that need a decision: found by plans, decided by administrators, remembered for later plans. */
export function createConflicts({ db }: { db: Db }): ConflictsService {
  return {
    record: recordConflicts,

    /** Open ones oldest first, resolved ones latest first. */
    async list({ status, q, cursor, limit }, locale) {
      const open = status === 'open'
      // A cursor carries milliseconds, the columns more.
      const at = sql`date_trunc('milliseconds', ${open ? syncConflict.createdAt : syncConflict.resolvedAt})`
      const matching = and(
        open ? isNull(syncConflict.action) : isNotNull(syncConflict.action),
        q
          ? or(
              contains(syncConflict.userid, q),
              contains(sql`${syncConflict.member} ->> 'name'`, q),
              contains(sql`${syncConflict.member} ->> 'mobile'`, q),
            )
          : undefined,
      )
      const after = readCursor(position, cursor)
      const beyond = after && sql`(${at}, ${syncConflict.id}) ${sql.raw(open ? '>' : '<')} (${after.at}::timestamptz, ${after.id}::uuid)`
      const towards = open ? asc : desc
      const rows = await db
        .select()
        .from(syncConflict)
        .where(and(matching, beyond))
        .orderBy(towards(at), towards(syncConflict.id))
        .limit(limit + 1)
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return {
        conflicts: await presentConflicts(db, rows.slice(0, limit), locale),
        nextCursor: last ? writeCursor({ at: (open ? last.createdAt : (last.resolvedAt ?? last.createdAt)).toISOString(), id: last.id }) : null,
        total: await db.$count(syncConflict, matching),
      }
    },

    async resolve(id, decision, by, locale) {
      const row = await resolveConflict(db, id, decision, by)
      const [resolved] = await presentConflicts(db, [row], locale)
      return resolved!
    },

    async reopen(id, by, locale) {
      const [open] = await presentConflicts(db, [await reopenConflict(db, id, by)], locale)
      return open!
    },
  }
}
