import { z } from 'zod'
import { line } from '../common.ts'
import { roleKey } from '../people/rights.ts'

export const ownedFields = ['name', 'avatar', 'title', 'mobile', 'email', 'jobNumber', 'hiredAt'] as const

/** Who decides a field's value: DingTalk; the CRM (DingTalk only at creation); or DingTalk while it is empty here. */
const owner = z.enum(['dingtalk', 'crm', 'fill'])

/** `member` was stored before there were roles. */
const newAccountRole = z.preprocess(value => (value === 'member' ? 'sales' : value), roleKey)

const percent = z.number().min(0).max(100)

/** How the organisation follows DingTalk. */
export const syncSettings = z.object({
  /** "Organisation sync": off stops button, schedule and events alike. */
  enabled: z.boolean(),
  fields: z.object({ name: owner, avatar: owner, title: owner, mobile: owner, email: owner, jobNumber: owner, hiredAt: owner }),
  /** After the binding: by which values a member may be matched to an unbound account, in this order. */
  matchBy: z.array(z.enum(['mobile', 'email', 'jobNumber'])).max(3),
  /** DingTalk department ids, each with those below; empty include = all. */
  includeDepartments: z.array(z.int().min(1)).max(1000),
  excludeDepartments: z.array(z.int().min(1)).max(1000),
  /** Members who have not activated DingTalk get an account too. */
  inactiveMembers: z.boolean(),
  /** The direct manager is only told by user/get: one call for each person. */
  directManager: z.boolean(),
  /** Role of new accounts: for everybody, or by DingTalk department (the first that fits). */
  defaultRole: newAccountRole,
  rolesByDepartment: z.array(z.object({ deptId: z.int().min(1), role: newAccountRole })).max(200),
  /** An automatic run that would exceed count AND percent stops and asks. */
  guard: z.object({ disableCount: z.int().min(0), disablePercent: percent, removeDepartmentsPercent: percent }),
  /** A leaver is disabled only after being missing in so many runs, or for so many days. 0 = at once. */
  grace: z.object({ unit: z.enum(['runs', 'days']), value: z.int().min(0).max(365) }),
  /** Records of leavers, in runs that nobody approves; keep = they stay with the disabled account. */
  leaverRecords: z.enum(['keep', 'leader']).default('keep'),
  /** After so many days plans that were never applied, and runs with their changes, are removed; a removed run cannot be undone. */
  retention: z.object({ plansDays: z.int().min(1).max(3650), runsDays: z.int().min(1).max(3650) }).default({ plansDays: 30, runsDays: 365 }),
  /** Five-field cron expression in `timeZone`, or null for none. */
  schedule: z.object({ cron: line(100).nullable(), timeZone: line(60) }),
  /** Send a work notification to people who join. */
  welcome: z.boolean(),
})
export type SyncSettings = z.infer<typeof syncSettings>

/** How DingTalk tells about changes: one channel, as an app can have. Keys are write-only. */
export const eventSettings = z.object({
  channel: z.enum(['off', 'stream', 'http']),
  aesKeySet: z.boolean(),
  tokenSet: z.boolean(),
  pushUrl: z.string(),
  state: z.object({
    connection: z.enum(['off', 'waiting', 'connecting', 'connected', 'reconnecting', 'failed']),
    detail: z.string().nullable(),
    lastEventAt: z.iso.datetime().nullable(),
    waiting: z.int(),
    failed: z.int(),
  }),
})
export type EventSettings = z.infer<typeof eventSettings>

export const eventSettingsChange = z.object({
  channel: z.enum(['off', 'stream', 'http']),
  aesKey: z
    .string()
    .regex(/^[a-z\d]{43}$/i, { error: 'aes_key_format' })
    .optional(),
  token: z
    .string()
    .regex(/^[a-z\d]{3,32}$/i, { error: 'event_token_format' })
    .optional(),
})

/** A department that settings can name before a sync has made it; `parentId` is DingTalk's, too. */
export const choosableDepartment = z.object({ dingtalkId: z.int(), name: z.string(), parentId: z.int().nullable(), order: z.number() })
export type ChoosableDepartment = z.infer<typeof choosableDepartment>

/** A difference between DingTalk's number of people and those it showed that no longer stops a run. */
export const acceptedCount = z.object({ announced: z.int(), seen: z.int(), by: z.string(), at: z.iso.datetime() })
export type AcceptedCount = z.infer<typeof acceptedCount>

export const syncSettingsView = z.object({
  settings: syncSettings,
  acceptedCount: acceptedCount.nullable(),
  events: eventSettings,
  /** The next scheduled run, if any. */
  nextRunAt: z.iso.datetime().nullable(),
})
export type SyncSettingsView = z.infer<typeof syncSettingsView>
