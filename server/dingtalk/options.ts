import type { Dispatcher } from 'undici'
import type { Clock } from './clock.ts'
import type { DispatcherOptions } from './transport/dispatcher.ts'

/** What identifies the company's app (dingtalk-server-api §1.1). */
export interface DingTalkCredentials {
  corpId: string
  /** Old name: AppKey. */
  clientId: string
  /** Old name: AppSecret. Never logged, never part of an error. */
  clientSecret: string
  /** Needed by work notifications and dd.config only. */
  agentId?: string
}

/** Base URLs without a trailing slash; the real platform and the sandbox are reached the same way. */
export interface DingTalkHosts {
  /** New API family, really `https://api.dingtalk.com`. */
  api: string
  /** Old API family, really `https://oapi.dingtalk.com`. */
  oapi: string
  /** Authorization page, really `https://login.dingtalk.com`. */
  login: string
}

/** The part of pino that is used here. */
export interface DingTalkLogger {
  debug: (details: object, message: string) => void
  info: (details: object, message: string) => void
  warn: (details: object, message: string) => void
  error: (details: object, message: string) => void
}

/** One finished HTTP call, for metrics and for the call budget. */
export interface CallInfo {
  /** Path template without query, e.g. `/topapi/v2/user/get`. */
  api: string
  /** HTTP status; 0 when there was no answer. */
  status: number
  /** `0` when it went well, otherwise the reason of the DingTalkError. */
  errcode: string
  /** It was sent, and nobody knows whether it was carried out. */
  unsure?: boolean
  /** Milliseconds from sending to the complete answer. */
  ms: number
  /** 1 for the first try. */
  attempt: number
  /** DingTalk's clock by its Date header, in milliseconds. */
  date?: number
  /** Our egress IP, where DingTalk refused it (60020, IpNotInWhiteList). */
  ip?: string
  /** DingTalk's own id of the call, where it told one. */
  requestId?: string
}

export interface DingTalkLimits {
  /** Calls per second and API. Default 15; DingTalk allows 20, with the paid package 60 (§9.1). */
  perApi?: number
  /** Common calls per second over all APIs, for accounts that are counted as a whole. Default: none. */
  perApp?: number
  /** The paid package is there: `perApi` may go up to 60 instead of 20. */
  paidPackage?: boolean
  /** Longest login queue that is still joined, in seconds. Default 10. */
  maxLoginQueueSeconds?: number
}

export interface DingTalkTimeouts {
  /** Milliseconds for a call. Default 8000. */
  call?: number
  /** Milliseconds for a call of the login path. Default 5000. */
  login?: number
}

export interface DingTalkOptions {
  hosts: DingTalkHosts
  /** Asked before every call, so it should be answered from memory. undefined = not configured yet. */
  credentials: () => Promise<DingTalkCredentials | undefined>
  logger: DingTalkLogger
  limits?: DingTalkLimits
  timeouts?: DingTalkTimeouts
  clock?: Clock
  /** See createDispatcher(). One of our own (direct, IPv4) when absent. */
  dispatcher?: Dispatcher
  /** The way out for the event stream, a WebSocket; direct when absent. */
  proxy?: DispatcherOptions
  onCall?: (info: CallInfo) => void
}

/** login before interactive before sync before background. */
export type Priority = 'login' | 'interactive' | 'sync' | 'background'

/** What every reading function takes as its last argument. */
export interface CallOptions {
  signal?: AbortSignal
  /** Which queue the call joins; each function documents its default. */
  priority?: Priority
}
