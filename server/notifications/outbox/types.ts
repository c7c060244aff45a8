import type { Db } from '../../db/index.ts'
import type { WorkMessage } from '../../dingtalk/index.ts'
import type { Locale } from '../../http/locale.ts'

export const priorities = ['high', 'normal', 'low'] as const
export type DeliveryPriority = (typeof priorities)[number]

interface Content {
  /** Names the business event. With the recipient it is an idempotency key: written once, however often it is reported. */
  key: string
  /** What sort of news it is; the content of notifications names the kinds. */
  kind: string
  priority?: DeliveryPriority
  /** What it is about in a few words, for the send log. */
  title: string
  /** Fixed here: what is sent, and sent again, is exactly this. */
  message: WorkMessage
  /** Not before this moment: quiet hours. */
  notBefore?: Date | undefined
  /** Afterwards it is of no use any more; without one, a day after it could first be sent. */
  expiresAt?: Date | undefined
  /** Who caused it, for the send log. */
  by?: string | undefined
}

/** A message for one person. */
export interface OutboxMessage extends Content {
  accountId: string
  locale?: Locale
  /** Messages of one person under one key that come within the window become one; `seconds` over the configured window. */
  gather?: { key: string, seconds?: number } | undefined
  /** Values for the text of the merged message. */
  data?: Record<string, string> | undefined
}

/** A message for whole departments with those below them, where who got it need not be known. */
export interface DepartmentMessage extends Content {
  departments: DepartmentReceivers[]
}

/** A department with those below it. */
export interface DepartmentReceivers {
  /** DingTalk's id. */
  id: number
  people: number
}

export interface Enqueued {
  /** Lines of the send log, one for each different content. */
  sendings: string[]
  /** Messages that are on their way now. */
  queued: number
  /** Recipients without a member in DingTalk: listed, and sent to when that is tried again. */
  unbound: number
  /** Messages that could never be sent, such as too long ones: listed with the reason. */
  refused: number
  /** Messages that were written before, or are for nobody. */
  known: number
}

/** One of the messages that become one. */
export interface Gathered {
  kind: string
  title: string
  data: Record<string, string>
  at: Date
}

/** Until when people are not to be disturbed who are not to be now. */
export type QuietUntil = (db: Db, at: Date) => Promise<Map<string, Date>>

/**
 * Renders the message that stands for several of one person; undefined: they go out singly. `kind` is theirs, or `digest`
 * when saving mode puts different kinds together. Part of its text must differ from merge to merge (a time, a number),
 * because DingTalk drops what somebody has received that day.
 */
export type Merge = (
  kind: string,
  messages: Gathered[],
  locale: Locale,
  at: Date,
) => { title: string, message: WorkMessage } | undefined
