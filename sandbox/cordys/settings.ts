import { z } from 'zod'

/** The DINGTALK card of Cordys's 三方设置; its field names are historical (cordys-api §3.2). */
export const dingtalkConfig = z.object({
  /** The Client ID. */
  agentId: z.string(),
  appSecret: z.string(),
  corpId: z.string(),
  /** The AgentId. */
  appId: z.string().default(''),
  startEnable: z.boolean().default(true),
  verify: z.boolean().default(true),
  /** Where this Cordys finds DingTalk. */
  apiBase: z.string(),
  oapiBase: z.string(),
})
export type DingTalkConfig = z.output<typeof dingtalkConfig>

export const settingsSchema = z.object({
  dingtalk: dingtalkConfig.nullable().default(null),
  /** Sessions end after this long without a call; 12 hours by default. */
  sessionIdleMs: z.number().positive().default(43_200_000),
  /** Added to every answer. */
  latencyMs: z.number().nonnegative().default(0),
  version: z.string().default('v1.8.2'),
  /** How a record that is not there is answered. */
  missing: z.enum(['null', 'message', 'exception', 'not-found']).default('null'),
  /** Customers one person may own; null: no limit (库容). */
  capacity: z.number().int().positive().nullable().default(null),
})
export type Settings = z.output<typeof settingsSchema>
export type SettingsInput = z.input<typeof settingsSchema>
