import type { Response } from 'express'
import type { z } from 'zod'
import type { paging } from '#contract/common.ts'
import type { changesQuery, SyncChange } from '#contract/sync/index.ts'
import type { OwnedRecordsPort } from '../../../crm/index.ts'
import type { Db } from '../../../db/index.ts'
import type { Locale } from '../../../http/locale.ts'
import type { LeaversPage } from '../leavers/list.ts'
import type { SettingsService } from '../services.ts'
import { listLeavers } from '../leavers/list.ts'
import { readRun } from '../runs/store.ts'
import { exportChanges } from './export.ts'
import { pageOfChanges } from './store.ts'
import { presentChanges } from './view.ts'

export interface ChangePage {
  items: SyncChange[]
  nextCursor: string | null
  total: number
}

/** What runs would change or have changed, for readers. */
export function createChanges(parts: { db: Db, ownedRecords: OwnedRecordsPort, readSettings: SettingsService['read'] }) {
  return {
    /** @throws {AppError} not_found */
    async page(runId: string, query: z.output<typeof changesQuery>, locale: Locale): Promise<ChangePage> {
      await readRun(parts.db, runId)
      const { items, ...rest } = await pageOfChanges(parts.db, runId, query)
      return { items: await presentChanges(parts, runId, items, locale), ...rest }
    },

    /** Leavers who own records. @throws {AppError} not_found */
    leavers: (runId: string, query: z.output<typeof paging>): Promise<LeaversPage> => listLeavers(parts, runId, query),

    /** Writes the answer itself. @throws {AppError} not_found */
    async export(runId: string, format: 'csv' | 'json', locale: Locale, res: Response): Promise<void> {
      await readRun(parts.db, runId)
      await exportChanges(parts, runId, format, locale, res)
    },
  }
}

export type SyncChanges = ReturnType<typeof createChanges>
