import type { Logger } from 'pino'
import type { SyncRun, SyncSettings } from '#contract/sync/index.ts'
import type { Database, Db } from '../../../db/index.ts'
import type { DingTalk, DingTalkCredentials, StreamTimings } from '../../../dingtalk/index.ts'
import type { Env } from '../../../env.ts'
import type { OtherFollowers } from './inbox/intake.ts'

/** What a targeted run made of the people and departments that events named. */
export interface TargetedOutcome {
  /** undefined when there was nothing to change and no run was recorded. */
  runId: string | undefined
  /** People DingTalk did not answer about, and departments that could not be followed wholly. */
  unread: { userids: ReadonlyMap<string, Error>, deptIds: ReadonlySet<number> }
}

/** The part of the runs that keeping fresh needs. */
export interface Runs {
  /** A complete run in the background. @throws {AppError} sync_running, sync_disabled */
  start: (mode: 'apply', startedBy: string, trigger: SyncRun['trigger']) => Promise<{ id: string }>
  /** Reads just these from DingTalk, plans and applies under the same guard; resolves when it is done. @throws {AppError} sync_running */
  applyTargeted: (targets: { userids: string[], deptIds: number[] }, trigger: 'events' | 'background') => Promise<TargetedOutcome>
  /** Ends runs whose process died. */
  recover: () => Promise<void>
  /** Removes runs that are older than the settings keep. */
  prune: () => Promise<number>
}

/** All in milliseconds; tests that cannot wait bring their own. */
export interface FreshTimings {
  /** How often the database is asked for work that another instance, a retry or a restart left. */
  pollMs: number
  /** Events that come closer together than this are processed together … */
  gatherMs: number
  /** … but none waits longer than this for the next. */
  gatherAtMostMs: number
  /** How long an instance may be silent about events it has taken before another takes them. */
  leaseMs: number
  stream: Partial<StreamTimings>
}

export const defaultTimings: FreshTimings = { pollMs: 5000, gatherMs: 300, gatherAtMostMs: 3000, leaseMs: 60_000, stream: {} }

export interface FreshParts {
  db: Db
  engine: Database['engine']
  dingtalk: Pick<DingTalk, 'events'>
  /** undefined = DingTalk is not connected yet. */
  credentials: () => Promise<DingTalkCredentials | undefined>
  sealer: { seal: (plain: string, purpose: string) => string, open: (sealed: string, purpose: string) => string }
  readSettings: () => Promise<SyncSettings>
  runs: Runs
  /** Who follows other events, by type. */
  otherEvents?: OtherFollowers
  env: Pick<Env, 'DINGTALK_EVENT_CHANNEL' | 'DINGTALK_EVENT_AES_KEY' | 'DINGTALK_EVENT_TOKEN' | 'PUBLIC_URL'>
  log: Logger
  timings?: Partial<FreshTimings> | undefined
}
