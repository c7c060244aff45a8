import { z } from 'zod'

/** How a device misbehaves on purpose (dingtalk-jsapi §8 negative results and §9 rows 1, 6, 7, 8, 9). */
export const modeSchema = z.strictObject({
  /** late: appears after `lateMs`; none: DingTalk user agent without a bridge; failed: Android `runtimefailed`. */
  bridge: z.enum(['normal', 'late', 'none', 'failed']).default('normal'),
  /** Milliseconds. */
  lateMs: z.number().int().min(0).max(60_000).default(300),
  /** Milliseconds added to every native answer. */
  delayMs: z.number().int().min(0).max(60_000).default(0),
  login: z.enum(['normal', 'unknown-domain', 'cancel', 'wrong-corp', 'never']).default('normal'),
  /** old: a client before 7.0.45, whose native side does not know requestAuthCodeV2. */
  client: z.enum(['current', 'old']).default('current'),
  /** literal: `$CORPID$` stays in the homepage, as when it is opened from a plain link (dingtalk-jsapi §4.3). */
  corpId: z.enum(['replaced', 'literal']).default('replaced'),
  /** The client's own language; the page sees it as the browser's. */
  language: z.enum(['zh-CN', 'en-US']).default('zh-CN'),
  /** Shape of native failures (dingtalk-jsapi §2.8): numeric codes and nested messages exist on PC. */
  errors: z.enum(['text', 'number', 'nested']).default('text'),
  /** The app switch 工作台应用内所有页面都在钉钉内打开: openLink on PC stays inside. */
  linksInside: z.boolean().default(false),
})

export type DeviceMode = z.output<typeof modeSchema>

/** A well-behaved, current client. */
export function normalMode(): DeviceMode {
  return modeSchema.parse({})
}
