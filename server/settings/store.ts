import type { Db } from '../db/index.ts'
import type { Env } from '../env.ts'
import type { Logger } from '../http/logger.ts'
import type { Sealer } from './seal.ts'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../db/index.ts'
import { SealError } from './seal.ts'

/** The app's credentials and who becomes an administrator, as stored. */
export interface StoredDingTalk {
  corpId: string | null
  clientId: string | null
  agentId: string | null
  clientSecret: string | null
  /** A secret is stored, but sealed with another SECRET_KEY: it has to be entered again. */
  secretLost: boolean
  subAdminsAreAdmins: boolean
  bossIsAdmin: boolean
  loginInDingTalk: boolean
  loginInBrowser: boolean
  notifications: boolean
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
  // On where the row is older than these switches.
  loginInDingTalk: z.boolean().default(true),
  loginInBrowser: z.boolean().default(true),
  notifications: z.boolean().default(true),
})

/** Milliseconds for which another instance may still use values that this one has changed. */
const freshMs = 3000

/** What holds before anybody decided otherwise. */
export const firstRules = {
  subAdminsAreAdmins: false,
  bossIsAdmin: false,
  loginInDingTalk: true,
  loginInBrowser: true,
  notifications: true,
} satisfies Partial<StoredDingTalk>

const nothingStored: StoredDingTalk = {
  corpId: null,
  clientId: null,
  agentId: null,
  clientSecret: null,
  secretLost: false,
  ...firstRules,
  updatedAt: null,
  updatedBy: null,
}

/** What somebody decides; the rest of {@link StoredDingTalk} follows from it. */
export type DingTalkValues = Omit<StoredDingTalk, 'updatedAt' | 'updatedBy' | 'secretLost'>

/** Reads and writes the DingTalk settings; the secret is sealed in the database and opened in memory only. */
export function createDingTalkStore({ db, sealer, log }: { db: Db, sealer: Sealer, log: Pick<Logger, 'error'> }) {
  let cached: { at: number, value: Promise<StoredDingTalk> } | undefined

  async function load(from: Db, lock = false): Promise<StoredDingTalk> {
    const query = from.select().from(tables.setting).where(eq(tables.setting.key, key))
    const [found] = await (lock ? query.for('update') : query)
    if (!found)
      return nothingStored
    const { sealedSecret, ...rest } = row.parse(found.value)
    const clientSecret = sealedSecret === null ? null : open(sealedSecret)
    return {
      ...rest,
      clientSecret,
      secretLost: sealedSecret !== null && clientSecret === null,
      updatedAt: found.updatedAt,
      updatedBy: found.updatedBy,
    }
  }

  /** With a lost key the server must still start, so that somebody can enter the secret again. */
  function open(sealedSecret: string): string | null {
    try {
      return sealer.open(sealedSecret, purpose)
    }
    catch (error) {
      if (!(error instanceof SealError))
        throw error
      log.error({ err: error }, 'the stored Client Secret has to be entered again')
      return null
    }
  }

  function read(): Promise<StoredDingTalk> {
    if (!cached || Date.now() - cached.at > freshMs) {
      const value = load(db)
      cached = { at: Date.now(), value }
      value.catch(() => (cached = undefined))
    }
    return cached.value
  }

  function toRow(value: DingTalkValues, by: string) {
    const { clientSecret, ...rest } = value
    return {
      key,
      value: row.parse({ ...rest, sealedSecret: clientSecret === null ? null : sealer.seal(clientSecret, purpose) }),
      updatedAt: new Date(),
      updatedBy: by,
    }
  }

  return {
    /** The stored settings, at most {@link freshMs} old. */
    read,

    /** The app's public names within a transaction, in which {@link read} would wait for the embedded database forever. */
    async namesIn(tx: Db): Promise<Pick<StoredDingTalk, 'corpId' | 'agentId'>> {
      const { corpId, agentId } = await load(tx)
      return { corpId, agentId }
    },

    /**
     * Changes the settings within a transaction, from what is stored at that moment. Call {@link forget} after it.
     * @returns both sides
     */
    async update(tx: Db, by: string, change: (before: StoredDingTalk) => DingTalkValues): Promise<{ before: StoredDingTalk, after: DingTalkValues }> {
      const before = await load(tx, true)
      const after = change(before)
      const next = toRow(after, by)
      await tx.insert(tables.setting).values(next).onConflictDoUpdate({ target: tables.setting.key, set: next })
      return { before, after }
    },

    /** The next {@link read} asks the database. */
    forget: () => void (cached = undefined),

    /** Stores the first settings. @returns false when others were stored before */
    async writeFirst(value: DingTalkValues, by: string): Promise<boolean> {
      const written = await db.insert(tables.setting).values(toRow(value, by)).onConflictDoNothing().returning({ key: tables.setting.key })
      cached = undefined
      return written.length > 0
    },

    /** Takes the environment's values while nothing is stored; afterwards the stored ones count. */
    async seed(env: Env): Promise<void> {
      const { DINGTALK_CORP_ID: corpId, DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret, DINGTALK_AGENT_ID: agentId } = env
      if (corpId && clientId && clientSecret) {
        await this.writeFirst({ ...firstRules, corpId, clientId, clientSecret, agentId: agentId ?? null }, 'environment')
      }
    },
  }
}

export type DingTalkStore = ReturnType<typeof createDingTalkStore>
