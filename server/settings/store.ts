import type { Db } from '../db/index.ts'
import type { Env } from '../env.ts'
import type { Sealer } from './seal.ts'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../db/index.ts'

/** The app's credentials and who becomes an administrator, as stored. */
export interface StoredDingTalk {
  corpId: string | null
  clientId: string | null
  agentId: string | null
  clientSecret: string | null
  subAdminsAreAdmins: boolean
  bossIsAdmin: boolean
  updatedAt: Date | null
  updatedBy: string | null
}

const key = 'dingtalk'
const purpose = 'dingtalk.clientSecret'

const row = z.object({
  corpId: z.string().nullable(),
  clientId: z.string().nullable(),
  agentId: z.string().nullable(),
  sealedSecret: z.string().nullable(),
  subAdminsAreAdmins: z.boolean(),
  bossIsAdmin: z.boolean(),
})

/** Milliseconds for which another instance may still use values that this one has changed. */
const freshMs = 3000

const nothingStored: StoredDingTalk = {
  corpId: null,
  clientId: null,
  agentId: null,
  clientSecret: null,
  subAdminsAreAdmins: false,
  bossIsAdmin: false,
  updatedAt: null,
  updatedBy: null,
}

/** Reads and writes the DingTalk settings; the secret is sealed in the database and opened in memory only. */
export function createDingTalkStore({ db, sealer }: { db: Db, sealer: Sealer }) {
  let cached: { at: number, value: Promise<StoredDingTalk> } | undefined

  async function load(): Promise<StoredDingTalk> {
    const [found] = await db.select().from(tables.setting).where(eq(tables.setting.key, key))
    if (!found)
      return nothingStored
    const { sealedSecret, ...rest } = row.parse(found.value)
    return {
      ...rest,
      clientSecret: sealedSecret === null ? null : sealer.open(sealedSecret, purpose),
      updatedAt: found.updatedAt,
      updatedBy: found.updatedBy,
    }
  }

  function read(): Promise<StoredDingTalk> {
    if (!cached || Date.now() - cached.at > freshMs) {
      const value = load()
      cached = { at: Date.now(), value }
      value.catch(() => (cached = undefined))
    }
    return cached.value
  }

  function toRow(value: Omit<StoredDingTalk, 'updatedAt' | 'updatedBy'>, by: string) {
    const { clientSecret, corpId, clientId, agentId, subAdminsAreAdmins, bossIsAdmin } = value
    return {
      key,
      value: {
        corpId,
        clientId,
        agentId,
        subAdminsAreAdmins,
        bossIsAdmin,
        sealedSecret: clientSecret === null ? null : sealer.seal(clientSecret, purpose),
      } satisfies z.infer<typeof row>,
      updatedAt: new Date(),
      updatedBy: by,
    }
  }

  return {
    /** The stored settings, at most {@link freshMs} old. */
    read,

    async write(value: Omit<StoredDingTalk, 'updatedAt' | 'updatedBy'>, by: string, tx: Db = db): Promise<void> {
      const next = toRow(value, by)
      await tx.insert(tables.setting).values(next).onConflictDoUpdate({ target: tables.setting.key, set: next })
      cached = undefined
    },

    /** Stores the first settings. @returns false when others were stored before */
    async writeFirst(value: Omit<StoredDingTalk, 'updatedAt' | 'updatedBy'>, by: string): Promise<boolean> {
      const written = await db.insert(tables.setting).values(toRow(value, by)).onConflictDoNothing().returning({ key: tables.setting.key })
      cached = undefined
      return written.length > 0
    },

    /** Takes the environment's values while nothing is stored; afterwards the stored ones count. */
    async seed(env: Env): Promise<void> {
      const { DINGTALK_CORP_ID: corpId, DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret, DINGTALK_AGENT_ID: agentId } = env
      if (corpId && clientId && clientSecret) {
        await this.writeFirst({ ...nothingStored, corpId, clientId, clientSecret, agentId: agentId ?? null }, 'environment')
      }
    },
  }
}

export type DingTalkStore = ReturnType<typeof createDingTalkStore>
