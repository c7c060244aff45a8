import type { z } from 'zod'
import type { conflictsQuery, EventSettings, eventSettingsChange, resolution, SyncConflict, SyncSettings } from '#contract/sync/index.ts'
import type { Db } from '../../db/index.ts'
import type { Locale } from '../../http/locale.ts'
import type { Conflict } from './plan/types.ts'

/** Who does something, for histories. */
export interface By {
  name: string
  ip: string
}

/** How the organisation follows DingTalk. */
export interface SettingsService {
  /** Within a transaction: by that, because the embedded database has one connection. */
  read: (tx?: Db) => Promise<SyncSettings>
  write: (settings: SyncSettings, by: By) => Promise<void>
}

/** Members that need a decision. */
export interface ConflictsService {
  /** Keeps what a plan found, within the transaction that records the plan; a partial plan says nothing of others. */
  record: (tx: Db, conflicts: Conflict[], options: { partial: boolean }) => Promise<void>
  list: (query: z.output<typeof conflictsQuery>, locale: Locale) => Promise<{ conflicts: SyncConflict[], nextCursor: string | null, total: number }>
  /** @throws {AppError} not_found, conflict_resolved, account_bound */
  resolve: (id: string, decision: z.output<typeof resolution>, by: By, locale: Locale) => Promise<SyncConflict>
  /** @throws {AppError} not_found */
  reopen: (id: string, by: By, locale: Locale) => Promise<SyncConflict>
}

/** Event channel and schedule. */
export interface FreshService {
  eventSettings: (reader: { baseUrl: string, locale: Locale }) => Promise<EventSettings>
  changeEventSettings: (wanted: z.output<typeof eventSettingsChange>, by: string, ip: string) => Promise<void>
  generateEventSecrets: () => { aesKey: string, token: string }
  nextRunAt: () => Promise<string | null>
  /** Settings have changed. */
  wake: () => void
}

/** What the routes of the sync need besides the runs. */
export interface SyncServices {
  settings: SettingsService
  conflicts: ConflictsService
  fresh: FreshService
}
