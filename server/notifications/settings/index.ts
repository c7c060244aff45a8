import type { DeliverySettings } from '#contract/delivery/index.ts'
import type { Db } from '../../db/index.ts'
import { isDeepStrictEqual } from 'node:util'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { deliverySettings } from '#contract/delivery/index.ts'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'

/** What holds until an administrator changes it. */
export const defaultSettings: DeliverySettings = {
  receiversPerMinute: 1500,
  receiversPerSecond: 300,
  gatherSeconds: 60,
  results: { important: true, samplePercent: 5 },
  budget: 5000,
  saving: { mode: 'auto', times: ['09:00', '14:00', '18:00'] },
  todos: false,
}

const key = 'notifications'

/** Milliseconds for which another instance may still use values that this one has changed. */
const freshMs = 3000

export async function readSettings(db: Db): Promise<DeliverySettings> {
  const [found] = await db.select({ value: tables.setting.value }).from(tables.setting).where(eq(tables.setting.key, key))
  return found ? deliverySettings.parse({ ...defaultSettings, ...z.record(z.string(), z.unknown()).parse(found.value) }) : defaultSettings
}

export interface SettingsStore {
  /** At most some seconds old: every message that is written asks, in its transaction `from`. */
  read: (from?: Db) => Promise<DeliverySettings>
  write: (settings: DeliverySettings, by: { name: string, ip: string }) => Promise<void>
}

/** Reads and writes how notifications are delivered; every change is audited with both sides. */
export function createSettings(db: Db): SettingsStore {
  let cached: { at: number, value: Promise<DeliverySettings> } | undefined
  return {
    read(from = db) {
      if (!cached || Date.now() - cached.at > freshMs) {
        const value = readSettings(from)
        cached = { at: Date.now(), value }
        value.catch(() => (cached = undefined))
      }
      return cached.value
    },
    async write(settings, by) {
      await db.transaction(async (tx) => {
        const before = await readSettings(tx)
        if (isDeepStrictEqual(before, settings))
          return
        const row = { key, value: settings, updatedAt: new Date(), updatedBy: by.name }
        await tx.insert(tables.setting).values(row).onConflictDoUpdate({ target: tables.setting.key, set: row })
        await audit(tx, { actor: by.name, action: 'notifications.settings.update', detail: { before, after: settings }, ip: by.ip })
      })
      cached = undefined
    },
  }
}
