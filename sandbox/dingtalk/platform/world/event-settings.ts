import { z } from 'zod'

const ms = z.number().nonnegative()

/** The app's event subscription (dingtalk-server-api §7) and how DingTalk pushes; times in milliseconds. */
export const eventSettingsSchema = z.strictObject({
  /** One channel per app. */
  channel: z.enum(['off', 'http', 'stream']),
  /** 请求网址, 签名 token and 加密 aes_key; used by the http channel. */
  url: z.string(),
  token: z.string(),
  aesKey: z.string(),
  /** The ticked events; null is all of them. */
  types: z.array(z.string()).nullable(),
  /** Whether a pure change of departments makes a `user_modify_org`; the docs do not say. */
  onMove: z.boolean(),
  /** How often each event is sent, with the same eventId. */
  copies: z.number().int().min(1).max(10),
  /** Writes `UserId`, `TimeStamp`, … as older pages show it. */
  oldKeys: z.boolean(),
  withoutEventId: z.boolean(),
  /** http: how long DingTalk waits for the reply. */
  replyMs: ms,
  /** Waits before the second, third, … try; afterwards the event is parked (http) or lost (stream without a connection). */
  retryMs: z.array(ms),
  /** http: parked events can be fetched after this time. */
  readableMs: ms,
  /** http: pushes under way at the same time; 1 keeps them in order. */
  inFlight: z.number().int().positive(),
  /** stream: life of a ticket. */
  ticketMs: ms,
  /** stream: without an ack after this time the event is sent again at once. */
  ackMs: ms,
  /** stream: wait after LATER, a refusal, or an ack that makes no sense. */
  laterMs: ms,
  /** stream: an event sent this many times more is given up. */
  redeliveries: z.number().int().nonnegative(),
  /** stream: from the disconnect frame to the end of the connection. */
  closeMs: ms,
  /** stream: interval of SYSTEM pings; null sends none by itself. */
  pingMs: z.number().positive().nullable(),
})

export type EventSettings = z.infer<typeof eventSettingsSchema>

export const DEFAULT_EVENT_SETTINGS: EventSettings = {
  channel: 'off',
  url: '',
  token: '',
  aesKey: '',
  types: null,
  onMove: true,
  copies: 1,
  oldKeys: false,
  withoutEventId: false,
  replyMs: 2500,
  retryMs: [10_000, 30_000],
  readableMs: 240_000,
  inFlight: 50,
  ticketMs: 90_000,
  ackMs: 3000,
  laterMs: 1000,
  redeliveries: 5,
  closeMs: 10_000,
  pingMs: 60_000,
}
