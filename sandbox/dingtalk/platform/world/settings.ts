import { z } from 'zod'
import { DEFAULT_EVENT_SETTINGS, eventSettingsSchema } from './event-settings.ts'

const idRange = z.strictObject({ deptIds: z.array(z.number().int()).default([]), userids: z.array(z.string()).default([]) })

const ratesSchema = z.strictObject({
  /** Accepted calls in any second, per app and API (dingtalk-server-api §9.1); null switches the check off. */
  perApi: z.number().int().positive().nullable(),
  /** The same over all APIs together (one note of the docs says "per org"); null is off. */
  overall: z.number().int().positive().nullable(),
  /** The 90002 burst window: more than `limit` calls of one API in `windowMs` close it for `closedMs`. */
  burst: z
    .strictObject({ limit: z.number().int().positive(), windowMs: z.number().int().positive(), closedMs: z.number().int().positive() })
    .nullable(),
  /** Ban of an IP that calls too much, over all APIs; the answer has no errcode but this kind of body. */
  ipBan: z
    .strictObject({
      limit: z.number().int().positive(),
      windowMs: z.number().int().positive(),
      bannedMs: z.number().int().positive(),
      body: z.enum(['html', 'json']),
    })
    .nullable(),
  /** Counted calls per calendar month (dingtalk-server-api §9.4); null is unlimited. */
  monthly: z.number().int().nonnegative().nullable(),
})

/** Everything the administrator of the company, or DingTalk itself, could set; `mutate` changes any part of it. */
const silentSchema = z.strictObject({ perDay: z.int().min(0), perMinute: z.int().min(0) })

const settingsSchema = z.strictObject({
  /** 授权范围 of contacts: what the app may read. Department 1 is everybody. */
  scope: idRange,
  /** 可见范围: who may open the app and log in. */
  visibleRange: z.union([z.literal('all'), z.literal('admins'), idRange]),
  /** Released and not stopped; otherwise nobody opens the app, and login codes end in 40079. */
  appEnabled: z.boolean(),
  /** Enabled permission points; `fieldMobile` and `fieldEmail` stand for the two field permissions (§4.6). */
  permissions: z.array(z.string()),
  /** 服务器出口IP: IPv4, one `*` allowed in each. */
  ipAllowList: z.array(z.string()),
  /** The address calls seem to come from; null is the real one. */
  egressIp: z.string().nullable(),
  /** 重定向URL, matched by scheme, host and port. */
  redirectUrls: z.array(z.string()),
  /** What user/get answers for a person who is not there. */
  goneCode: z.union([z.literal(60121), z.literal(33012)]),
  /** What the Date header of every answer is ahead of the real time, milliseconds. */
  dateAheadMs: z.number(),
  /** Added to every API answer, milliseconds. */
  latencyMs: z.number().nonnegative(),
  /** Answers the OAuth page without showing it: a userid, or `refuse`. */
  oauthAutoChoice: z.string().nullable(),
  /** How long a work notification is under way, milliseconds; 0 delivers before the call is answered. */
  deliveryMs: z.number().nonnegative(),
  /** Work notifications beyond are dropped without a word (§5.1): of one person a day, of all a minute. */
  silent: silentSchema,
  rates: ratesSchema,
  events: eventSettingsSchema,
})

export type Settings = z.infer<typeof settingsSchema>
export type IdRange = z.infer<typeof idRange>

/** Any subset; `rates` and `events` may be partial too. Unknown names are refused. */
export const settingsPatchSchema = z
  .strictObject({ ...settingsSchema.shape, silent: silentSchema.partial(), rates: ratesSchema.partial(), events: eventSettingsSchema.partial() })
  .partial()
export type SettingsPatch = z.infer<typeof settingsPatchSchema>

/** A well-configured app of the standard edition, called from this machine. */
export const DEFAULT_SETTINGS: Settings = {
  scope: { deptIds: [1], userids: [] },
  visibleRange: 'all',
  appEnabled: true,
  permissions: [
    'qyapi_base',
    'open_app_api_base',
    'Contact.User.Read',
    'Contact.User.mobile',
    'qyapi_get_department_list',
    'qyapi_get_department_member',
    'qyapi_get_member',
    'qyapi_get_member_by_mobile',
    'qyapi_addresslist_search',
    'Contact.Common.Read',
    'Todo.Todo.Write',
    'Todo.Todo.Read',
    'fieldMobile',
    'fieldEmail',
  ],
  ipAllowList: ['127.0.0.1'],
  egressIp: null,
  redirectUrls: [],
  goneCode: 60121,
  dateAheadMs: 0,
  latencyMs: 0,
  oauthAutoChoice: null,
  deliveryMs: 0,
  silent: { perDay: 500, perMinute: 5000 },
  rates: { perApi: 20, overall: null, burst: null, ipBan: { limit: 10_000, windowMs: 20_000, bannedMs: 300_000, body: 'html' }, monthly: 5000 },
  events: DEFAULT_EVENT_SETTINGS,
}

export function patchSettings(settings: Settings, patch: SettingsPatch): Settings {
  const { silent, rates, events, ...rest } = patch
  return { ...settings, ...rest, silent: { ...settings.silent, ...silent }, rates: { ...settings.rates, ...rates }, events: { ...settings.events, ...events } }
}
