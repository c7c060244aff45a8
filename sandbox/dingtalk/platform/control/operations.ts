import { z } from 'zod'
import { settingsPatchSchema } from '../world/settings.ts'

const deptIds = z.array(z.number().int()).min(1)

/** Optional fields of a member; null takes one away. */
const profile = {
  avatar: z.string().nullable(),
  title: z.string().nullable(),
  mobile: z.string().nullable(),
  stateCode: z.string().nullable(),
  email: z.string().nullable(),
  orgEmail: z.string().nullable(),
  jobNumber: z.string().nullable(),
  workPlace: z.string().nullable(),
  remark: z.string().nullable(),
  telephone: z.string().nullable(),
  hiredDate: z.number().nullable(),
  managerUserid: z.string().nullable(),
}

const state = {
  deptIds,
  leaderIn: z.array(z.number().int()),
  active: z.boolean(),
  sysLevel: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(100)]),
  external: z.boolean(),
}

/** What may be said about a member; everything but the name has a default. */
export const memberPatch = z.strictObject({ name: z.string().min(1), ...profile, ...state }).partial()
export type MemberPatch = z.infer<typeof memberPatch>

export const operationSchema = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('addMember'),
    member: memberPatch.extend({ userid: z.string().min(1).max(64), name: z.string().min(1), unionid: z.string().optional() }),
  }),
  z.strictObject({ op: z.literal('updateMember'), userid: z.string(), changes: memberPatch }),
  z.strictObject({
    op: z.literal('removeMember'),
    userid: z.string(),
    reason: z.enum(['oapi', 'cancel', 'leave', 'delete', 'unknown']).default('leave'),
  }),
  z.strictObject({ op: z.literal('moveMember'), userid: z.string(), deptIds }),
  z.strictObject({
    op: z.literal('addDepartment'),
    department: z.strictObject({
      name: z.string().min(1),
      parentId: z.number().int().default(1),
      deptId: z.number().int().min(2).optional(),
      order: z.number().int().default(0),
    }),
  }),
  z.strictObject({
    op: z.literal('updateDepartment'),
    deptId: z.number().int(),
    changes: z.strictObject({ name: z.string().min(1), order: z.number().int() }).partial(),
  }),
  z.strictObject({ op: z.literal('moveDepartment'), deptId: z.number().int(), parentId: z.number().int() }),
  z.strictObject({ op: z.literal('removeDepartment'), deptId: z.number().int() }),
  z.strictObject({ op: z.literal('settings'), settings: settingsPatchSchema }),
  z.strictObject({
    op: z.literal('app'),
    app: z
      .strictObject({
        corpId: z.string(),
        corpName: z.string(),
        clientId: z.string(),
        clientSecret: z.string(),
        agentId: z.number().int(),
        name: z.string(),
        mobileHomepage: z.string(),
        pcHomepage: z.string(),
      })
      .partial(),
  }),
  z.strictObject({ op: z.literal('clock'), shiftMs: z.number().optional(), setMs: z.number().optional(), reset: z.literal(true).optional() }),
  z.strictObject({ op: z.literal('expire'), what: z.enum(['tokens', 'tickets']) }),
])

export type Operation = z.output<typeof operationSchema>
export type OperationInput = z.input<typeof operationSchema>
