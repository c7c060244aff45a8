import type { SyncSettings } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { SettingsService } from '../services.ts'
import { isDeepStrictEqual } from 'node:util'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { syncSettings } from '#contract/sync/index.ts'
import { audit } from '../../../audit/index.ts'
import { tables } from '../../../db/index.ts'
import { invalid } from '../../../http/app-error.ts'
import { scheduleProblem } from '../fresh/schedule/cron.ts'
import { defaultSettings } from './defaults.ts'

export { defaultSettings } from './defaults.ts'

const key = 'sync'

/** Reads and writes how the organisation follows DingTalk; every change is audited with the values before and after. */
export function createSyncSettings({ db }: { db: Db }): SettingsService {
  return {
    read: (tx = db) => readSyncSettings(tx),

    /** @throws {AppError} validation_failed for a schedule that cannot be (`cron_format`, `time_zone`) */
    async write(wanted, by) {
      const problem = scheduleProblem(wanted.schedule)
      if (problem)
        throw invalid([{ path: `schedule.${problem.path}`, message: problem.message }])
      const settings: SyncSettings = { ...wanted, matchBy: [...new Set(wanted.matchBy)] }
      await db.transaction(async (tx) => {
        const before = await readSyncSettings(tx)
        if (isDeepStrictEqual(before, settings))
          return
        const row = { key, value: settings, updatedAt: new Date(), updatedBy: by.name }
        await tx.insert(tables.setting).values(row).onConflictDoUpdate({ target: tables.setting.key, set: row })
        await audit(tx, { actor: by.name, action: 'sync.settings.update', detail: differences(before, settings), ip: by.ip })
      })
    },
  }
}

/** The settings as stored; what an older version did not store yet has its default. */
export async function readSyncSettings(db: Db): Promise<SyncSettings> {
  const [found] = await db.select({ value: tables.setting.value }).from(tables.setting).where(eq(tables.setting.key, key))
  return found ? syncSettings.parse({ ...defaultSettings, ...z.record(z.string(), z.unknown()).parse(found.value) }) : defaultSettings
}

function differences(before: SyncSettings, after: SyncSettings): { before: Partial<SyncSettings>, after: Partial<SyncSettings> } {
  const changed = syncSettings.keyof().options.filter(name => !isDeepStrictEqual(before[name], after[name]))
  const pick = (from: SyncSettings): Partial<SyncSettings> => Object.fromEntries(changed.map(name => [name, from[name]]))
  return { before: pick(before), after: pick(after) }
}
