import { z } from 'zod'
import { line, timestamp } from './common.ts'
import { defineRoutes } from './route.ts'
import { dingtalkCredentials } from './settings.ts'

/** The steps of the setup guide, as the README numbers them (1 to 7); every check belongs to one. */
export const guideSteps = [1, 2, 3, 4, 5, 6, 7] as const

/** What the doctor looks at, in the order it does. */
export const checkIds = [
  'credentials',
  'clock',
  'corp',
  'egressIp',
  'tokenNew',
  'tokenOld',
  'scope',
  'departments',
  'members',
  'memberDetail',
  'admins',
  'mobile',
  'email',
  'jsapiTicket',
  'published',
  'homepage',
  'visibleRange',
  'loginCode',
  'redirectUrl',
  'browserLogin',
  'agentId',
  'events',
  'publicUrl',
  'budget',
  'calendar',
] as const
export const checkId = z.enum(checkIds)
export type CheckId = z.infer<typeof checkId>

/**
 * `ok`: seen to work just now. `failed`. `manual`: cannot be checked from here, `manual` says how to do it by
 * hand. `seen`: last seen working at `seenAt`. `untried`.
 */
export const checkResult = z.enum(['ok', 'failed', 'manual', 'seen', 'untried'])
export type CheckResult = z.infer<typeof checkResult>

const text = z.string().nullable()

export const doctorCheck = z.object({
  id: checkId,
  step: z.union(guideSteps.map(step => z.literal(step))),
  result: checkResult,
  /** There is nothing to look at, and that is all right: it is switched off, or there is none. */
  idle: z.boolean(),
  title: z.string(),
  /** What was done to find out. */
  tried: z.string(),
  /** What came back: from DingTalk, or from what was looked at here (`asksDingTalk`). */
  answered: text,
  asksDingTalk: z.boolean(),
  means: z.string(),
  /** What to do next, in the console or here. */
  fix: text,
  where: text,
  /** A page of DingTalk's console that fixes it in one step, as DingTalk named it. */
  link: text,
  code: text,
  /** DingTalk's request id, for its support. */
  requestId: text,
  seenAt: timestamp.nullable(),
  /** Stands for what exactly a confirmation by hand would be about, and comes back with it. */
  about: z.string(),
  /** How an administrator finds out by hand, and who said when that it is so. */
  manual: z.object({ step: z.string(), confirmed: z.object({ by: z.string(), at: timestamp }).nullable() }).nullable(),
  /** What can be started from the row. */
  action: z.enum(['notification', 'event', 'openInDingTalk', 'browserLogin']).nullable(),
})
export type DoctorCheck = z.infer<typeof doctorCheck>

/** Values that are not saved yet; what is absent is taken from what is stored. */
const examined = dingtalkCredentials.partial().extend({ only: z.array(checkId).min(1).optional() })

const copied = z.object({ id: z.string(), label: z.string(), text: z.string(), where: z.string(), note: text })

/** A permission point of DingTalk's console (dingtalk-server-api §8.1). */
const permission = z.object({
  code: text,
  name: z.string(),
  neededFor: z.string(),
  need: z.enum(['default', 'required', 'optional', 'unused', 'avoid']),
  /** DingTalk's own form for it. */
  link: text,
})
export type GuidePermission = z.infer<typeof permission>

export const guide = z.object({
  /** What has to be pasted into the console: exactly so. */
  copies: z.array(copied),
  permissions: z.array(permission),
  /** Our address as DingTalk saw it when it last refused it. */
  egressIp: z.object({ ip: z.string(), at: timestamp }).nullable(),
  /** What a phone has to open to try the app. */
  openUrl: z.string(),
})
export type Guide = z.infer<typeof guide>

export const sample = z.object({
  departments: z.array(z.object({ id: z.string(), parentId: text, name: z.string() })),
  members: z.array(z.object({ userid: z.string(), name: z.string(), title: text })),
  /** Of how many members of the departments looked at each field has a value. */
  coverage: z.object({
    of: z.int(),
    fields: z.array(z.object({ field: z.enum(['title', 'mobile', 'email', 'jobNumber', 'avatar', 'hiredAt']), count: z.int() })),
    /** The company is larger than what was looked at. */
    partial: z.boolean(),
  }),
})
export type Sample = z.infer<typeof sample>

const dingtalkErrors = ['not_configured', 'dingtalk_rejected', 'dingtalk_unreachable', 'dingtalk_throttled'] as const

export const connectionRoutes = defineRoutes({
  'POST /api/settings/dingtalk/doctor': {
    summary: 'Try the connection, with the stored credentials or with unsaved ones; all checks, or only some',
    access: 'operator',
    body: examined.optional(),
    response: z.object({ checks: z.array(doctorCheck) }),
    errors: ['not_configured'],
  },
  'POST /api/settings/dingtalk/doctor/stream': {
    summary: 'The same, each check as a server-sent event when it is done',
    access: 'operator',
    body: examined.optional(),
    response: doctorCheck,
    stream: true,
    errors: ['not_configured'],
  },
  'PUT /api/settings/dingtalk/doctor/:check': {
    summary: 'Confirm by hand what cannot be checked from here, or take that back; where something else is found than what was seen, nothing is confirmed',
    access: 'operator',
    params: z.object({ check: checkId }),
    body: z.discriminatedUnion('confirmed', [z.object({ confirmed: z.literal(true), about: z.string().max(64) }), z.object({ confirmed: z.literal(false) })]),
    response: doctorCheck,
    errors: ['not_configured', 'doctor_not_manual'],
  },
  'GET /api/settings/dingtalk/doctor/recipients': {
    summary: 'Who may receive the test notification: the company\'s administrators, or members where DingTalk does not tell those',
    access: 'operator',
    response: z.object({
      recipients: z.array(z.object({ userid: z.string(), name: z.string(), main: z.boolean() })),
      /** Why DingTalk did not tell the administrators. */
      refusal: z.object({ code: z.string(), means: z.string(), fix: z.string() }).nullable(),
    }),
    errors: ['not_configured'],
  },
  'POST /api/settings/dingtalk/doctor/notification': {
    summary: 'Send a test notification and learn from its result whether it arrived',
    access: 'operator',
    body: z.object({ userid: line(64).regex(/^[^,，\s]+$/, { error: 'userid_format' }) }),
    response: doctorCheck,
    errors: ['not_configured', 'rate_limited'],
  },
  'GET /api/settings/dingtalk/guide': { summary: 'What the setup guide shows', access: 'operator', response: guide },
  'GET /api/settings/dingtalk/sample': {
    summary: 'Some departments and members as DingTalk tells them, and how many have which fields',
    access: 'operator',
    response: sample,
    errors: dingtalkErrors,
  },
})
