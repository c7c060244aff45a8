import type { Db } from '../../db/index.ts'
import type { DingTalkError } from '../../dingtalk/index.ts'
import type { Logger } from '../../http/logger.ts'
import type { DingTalkStore } from '../store.ts'
import type { Failure, OkDetail, Sighting, SightingKind } from './types.ts'
import { eq } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { explain } from '../../dingtalk/index.ts'
import { appKeyOf, failure, okDetail } from './types.ts'

export { homepageOf } from './homepage.ts'
export type { Homepage } from './homepage.ts'
export { failedSince, loginFailedSince, loginProven } from './standing.ts'
export type { Failure, Sighting, SightingKind } from './types.ts'
export { appKeyOf, failure as failureSchema } from './types.ts'

/** The same success is written down at most this often (milliseconds), so that a login costs no write of its own. */
const writeEveryMs = 60_000

interface Parts {
  db: Db
  store: DingTalkStore
  log: Pick<Logger, 'warn'>
}

/** Remembers when what cannot be tried from here was last seen to work or to fail. Noting never disturbs whoever does it. */
export function createSightings({ db, store, log }: Parts) {
  const written = new Map<string, number>()

  function inBackground(work: () => Promise<void>): void {
    work().catch((error: unknown) => log.warn({ err: error }, 'a sighting could not be written down'))
  }

  async function write(kind: SightingKind, app: string, values: Partial<typeof tables.sighting.$inferInsert>): Promise<void> {
    await db
      .insert(tables.sighting)
      .values({ kind, app, ...values })
      .onConflictDoUpdate({ target: [tables.sighting.kind, tables.sighting.app], set: values })
  }

  async function noteOk(kind: SightingKind, detail: OkDetail = {}): Promise<void> {
    const app = appKeyOf(await store.read())
    if (app === undefined)
      return
    const key = `${kind} ${app} ${JSON.stringify(detail)}`
    if (Date.now() - (written.get(key) ?? 0) < writeEveryMs)
      return
    written.set(key, Date.now())
    await write(kind, app, { okAt: new Date(), ok: detail })
  }

  async function noteFailed(kind: SightingKind, failed: Failure): Promise<void> {
    const app = appKeyOf(await store.read())
    if (app === undefined)
      return
    // The next success has to be seen at once.
    for (const key of written.keys()) {
      if (key.startsWith(`${kind} `))
        written.delete(key)
    }
    await write(kind, app, { failedAt: new Date(), failed })
  }

  return {
    noteOk,
    noteFailed,
    ok: (kind: SightingKind, detail?: OkDetail): void => inBackground(() => noteOk(kind, detail)),

    /** A login that DingTalk refused: noted where the connection is to blame, not where a code was stale or DingTalk was busy. */
    loginFailed(kind: SightingKind, error: DingTalkError): void {
      if (['permission', 'scope', 'config', 'ip', 'token'].includes(explain(error, 'zh-CN').kind))
        inBackground(() => noteFailed(kind, failureOf(error)))
    },

    /** Every call to DingTalk: where it names our egress IP, that is the one to put on its list. */
    call({ ip, errcode }: { ip?: string | undefined, errcode: string }): void {
      if (ip)
        inBackground(() => noteFailed('egressIp', { reason: errcode, ip }))
    },

    /** Everything seen of this app. */
    async of(app: string): Promise<Map<SightingKind, Sighting>> {
      const rows = await db.select().from(tables.sighting).where(eq(tables.sighting.app, app))
      return new Map(
        rows.map(row => [
          row.kind as SightingKind,
          {
            okAt: row.okAt,
            ok: okDetail.safeParse(row.ok).data ?? {},
            failedAt: row.failedAt,
            failed: row.failed === null ? undefined : failure.safeParse(row.failed).data,
          },
        ]),
      )
    },
  }
}

/** What of an error explains it again later, in anybody's language. */
export function failureOf({ reason, errcode, text, ip, appKey, clientId, requiredScopes, applyUrl, httpStatus, requestId }: DingTalkError): Failure {
  return { reason, errcode, text: text.slice(0, 500), ip, appKey, clientId, requiredScopes, applyUrl, httpStatus, requestId }
}

export type Sightings = ReturnType<typeof createSightings>
