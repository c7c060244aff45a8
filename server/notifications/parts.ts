import type { Logger } from 'pino'
import type { Database, Db } from '../db/index.ts'
import type { DingTalk, DingTalkCredentials } from '../dingtalk/index.ts'
import type { Alerts } from './alerts.ts'
import type { Budget } from './budget/index.ts'
import type { Merge, QuietUntil } from './outbox/types.ts'
import type { SettingsStore } from './settings/index.ts'

/** All in milliseconds; tests that cannot wait bring their own. */
export interface DeliveryTimings {
  /** How often the database is asked for work that another instance, a window or a restart left. */
  pollMs: number
  /** How long a process vouches for a call it makes; a call nobody vouches for is possibly delivered. */
  leaseMs: number
}

export const defaultTimings: DeliveryTimings = { pollMs: 1000, leaseMs: 60_000 }

export interface NotificationOptions {
  db: Db
  engine: Database['engine']
  dingtalk: Pick<DingTalk, 'messages' | 'todos'> & { limits: Pick<DingTalk['limits'], 'bannedSeconds'> }
  /** undefined = DingTalk is not connected yet. */
  credentials: () => Promise<DingTalkCredentials | undefined>
  /** The switch "work notifications"; off, messages stay queued. */
  enabled: () => Promise<boolean>
  /** Kinds whose result is always asked for, as that of important messages: nobody else would notice that one was dropped. */
  alwaysAsked?: readonly string[] | undefined
  /** What our own links begin with, without a trailing slash. */
  linkBase: string
  log: Logger
  /** Milliseconds since 1970; tests and benches bring their own. */
  now?: (() => number) | undefined
  timings?: Partial<DeliveryTimings> | undefined
}

/** What the parts of the engine share. */
export interface DeliveryParts extends Omit<NotificationOptions, 'now' | 'timings'> {
  now: () => number
  timings: DeliveryTimings
  settings: SettingsStore
  budget: Budget
  alerts: Alerts
  /** Renders the message that stands for several; undefined while nobody has registered. */
  merge: () => Merge | undefined
  /** Who is not to be disturbed; undefined while nobody has registered. */
  quiet: () => QuietUntil | undefined
}
