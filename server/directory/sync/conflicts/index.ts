import type { Db } from '../../../db/index.ts'
import type { ConflictsService } from '../services.ts'
import { and, asc, desc, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { contains } from '../../../db/contains.ts'
import { tables } from '../../../db/index.ts'
import { recordConflicts } from './record.ts'
import { resolveConflict } from './resolve.ts'
import { presentConflicts } from './view.ts'

const { syncConflict } = tables

/** The queue is worked off by hand; whoever has more than this searches. */
const listed = 500

/** Members that need a decision: found by plans, decided by administrators, remembered for later plans. */
export function createConflicts({ db }: { db: Db }): ConflictsService {
  return {
    record: recordConflicts,

    /** Open ones oldest first, resolved ones latest first. */
    async list({ status, q }, locale) {
      const open = status === 'open'
      const rows = await db
        .select()
        .from(syncConflict)
        .where(
          and(
            open ? isNull(syncConflict.action) : isNotNull(syncConflict.action),
            q
              ? or(
                  contains(syncConflict.userid, q),
                  contains(sql`${syncConflict.member} ->> 'name'`, q),
                  contains(sql`${syncConflict.member} ->> 'mobile'`, q),
                )
              : undefined,
          ),
        )
        .orderBy(open ? asc(syncConflict.createdAt) : desc(syncConflict.resolvedAt), asc(syncConflict.id))
        .limit(listed)
      return presentConflicts(db, rows, locale)
    },

    async resolve(id, decision, by, locale) {
      const row = await resolveConflict(db, id, decision, by)
      const [resolved] = await presentConflicts(db, [row], locale)
      return resolved!
    },
  }
}
