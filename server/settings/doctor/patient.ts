import type { CheckId } from '#contract/connection.ts'
import type { CallInfo, DingTalk, DingTalkCredentials, DingTalkError } from '../../dingtalk/index.ts'
import type { Sighting, SightingKind } from '../sightings/index.ts'
import type { Finding } from './finding.ts'

/** How the event channel is doing, as far as the doctor tells. */
export interface EventsState {
  channel: 'off' | 'stream' | 'http'
  connection: 'off' | 'waiting' | 'connecting' | 'connected' | 'reconnecting' | 'failed'
  /** What is wrong. */
  trouble: { reason: string, error?: DingTalkError, at?: Date } | undefined
  /** A push that was refused since the last good one and may be anybody's. */
  doubt: { reason: string, at: Date } | undefined
  /** The last event by this channel, with these keys, from this company. */
  lastEventAt: Date | null
  /** Since when the channel is what it is, in milliseconds since 1970. */
  since: number | undefined
}

/** Our own calls of this month against what the administrator allows. */
export interface CallMeter {
  /** In Shanghai, as `2026-06`. */
  month: string
  used: number
  /** null = nobody entered one. */
  budget: number | null
  /** What there will be at the end of the month, if it goes on like this. */
  forecast: number
  level: 'unknown' | 'ok' | 'warning' | 'critical' | 'spent'
  /** When DingTalk last said that the company's calls of the month are used up. */
  exhaustedAt: string | null
  /** Ordinary messages wait for digests. */
  saving: boolean
}

/** The connection under examination, and everything a check may look at. */
export interface Patient {
  credentials: DingTalkCredentials
  dingtalk: DingTalk
  /** What is examined is what is stored: sightings and confirmations are about it. */
  stored: boolean
  logins: { dingtalk: boolean, browser: boolean }
  notifications: boolean
  /** Where users reach this server. */
  publicUrl: string
  /** PUBLIC_URL, where it is set. */
  configuredUrl: string | undefined
  sightings: ReadonlyMap<SightingKind, Sighting>
  events: () => Promise<EventsState>
  meter: () => Promise<CallMeter>
  /** Whether a year's holidays are known, and how many days the company has entered. */
  holidays: (year: number) => Promise<{ published: boolean, entered: number }>
  /** The last call DingTalk answered during this examination. */
  lastCall: () => CallInfo | undefined
  signal: AbortSignal
}

/** What a check leaves for those that follow. */
export interface Outcome<T> {
  finding: Finding
  /** undefined = it did not work. */
  value?: T | undefined
  error?: DingTalkError | undefined
}

/** A check: looks at the patient, may ask what others found. */
export type Check = (patient: Patient, ask: <T>(id: CheckId) => Promise<Outcome<T>>) => Promise<Outcome<unknown>>
