import type { z as zod } from 'zod'
import type { eventSettingsChange } from '#contract/sync/index.ts'
import type { Db } from '../../../../db/index.ts'
import type { FreshParts } from '../parts.ts'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { audit } from '../../../../audit/index.ts'
import { tables } from '../../../../db/index.ts'
import { invalid } from '../../../../http/app-error.ts'
import { forgotten, remember } from '../memory.ts'

/** The event channel as stored. */
export interface StoredEventSettings {
  channel: 'off' | 'stream' | 'http'
  aesKey: string | null
  token: string | null
}

const key = 'sync.events'
const purposes = { aesKey: 'sync.events.aesKey', token: 'sync.events.token' } as const

const row = z.object({ channel: z.enum(['off', 'stream', 'http']), sealedAesKey: z.string().nullable(), sealedToken: z.string().nullable() })

/** Milliseconds for which another instance may still use values that this one has changed; pushes come by the thousand. */
const freshMs = 3000

/** Reads and writes the event channel; the secrets are sealed in the database and opened in memory only. */
export function createEventSettings({ db, sealer, env }: Pick<FreshParts, 'db' | 'sealer' | 'env'>) {
  const open = (sealed: string | null, purpose: string) => (sealed === null ? null : sealer.open(sealed, purpose))
  const seal = (plain: string | null, purpose: string) => (plain === null ? null : sealer.seal(plain, purpose))

  async function read(from: Db = db): Promise<StoredEventSettings> {
    const [found] = await from.select({ value: tables.setting.value }).from(tables.setting).where(eq(tables.setting.key, key))
    if (!found)
      return { channel: 'off', aesKey: null, token: null }
    const { channel, sealedAesKey, sealedToken } = row.parse(found.value)
    return { channel, aesKey: open(sealedAesKey, purposes.aesKey), token: open(sealedToken, purposes.token) }
  }

  let cached: { at: number, value: Promise<StoredEventSettings> } | undefined

  function readCached(): Promise<StoredEventSettings> {
    if (!cached || Math.abs(Date.now() - cached.at) > freshMs) {
      const value = read()
      cached = { at: Date.now(), value }
      value.catch(() => (cached = undefined))
    }
    return cached.value
  }

  function toRow({ channel, aesKey, token }: StoredEventSettings, by: string) {
    const value: z.output<typeof row> = { channel, sealedAesKey: seal(aesKey, purposes.aesKey), sealedToken: seal(token, purposes.token) }
    return { key, value, updatedAt: new Date(), updatedBy: by }
  }

  return {
    /** The stored settings, at most {@link freshMs} old. */
    read: readCached,

    /** @throws {AppError} validation_failed when the HTTP push is chosen and a key is missing */
    async change(wanted: zod.output<typeof eventSettingsChange>, by: string, ip: string): Promise<void> {
      await db.transaction(async (tx) => {
        const before = await read(tx)
        const next: StoredEventSettings = { channel: wanted.channel, aesKey: wanted.aesKey ?? before.aesKey, token: wanted.token ?? before.token }
        const missing = (['aesKey', 'token'] as const).filter(name => next.channel === 'http' && next[name] === null)
        if (missing.length > 0)
          throw invalid(missing.map(path => ({ path, message: 'required' })))
        const values = toRow(next, by)
        await tx.insert(tables.setting).values(values).onConflictDoUpdate({ target: tables.setting.key, set: values })
        const keysChanged = next.aesKey !== before.aesKey || next.token !== before.token
        if (keysChanged || next.channel !== before.channel)
          await remember(tx, { ...forgotten, since: Date.now() })
        await audit(tx, {
          actor: by,
          action: 'sync.events.update',
          detail: { before: before.channel, after: next.channel, keysChanged },
          ip,
        })
      })
      cached = undefined
    },

    /** Takes the environment's values while nothing is stored; afterwards the stored ones count. */
    async seed(): Promise<void> {
      const { DINGTALK_EVENT_CHANNEL: channel = 'off', DINGTALK_EVENT_AES_KEY: aesKey = null, DINGTALK_EVENT_TOKEN: token = null } = env
      if (channel !== 'off' || aesKey !== null || token !== null)
        await db.insert(tables.setting).values(toRow({ channel, aesKey, token }, 'environment')).onConflictDoNothing()
      cached = undefined
    },
  }
}

export type EventSettingsStore = ReturnType<typeof createEventSettings>
