import type { Delivery, EventDraft } from '../../events/event.ts'
import type { World } from '../../world/world.ts'
import { z } from 'zod'
import { ControlError } from '../respond.ts'

const style = { copies: z.number().int().min(1).max(100).optional(), oldKeys: z.boolean().optional(), withoutEventId: z.boolean().optional() }

const emitSchema = z.strictObject({
  type: z.string().min(1),
  /** The event's own fields, as they are to be sent. */
  fields: z.record(z.string(), z.unknown()).default({}),
  eventId: z.string().optional(),
  bornAt: z.number().optional(),
  ...style,
})
export type EmitInput = z.input<typeof emitSchema>

const burstSchema = z.strictObject({
  count: z.number().int().min(1).max(20_000),
  type: z
    .enum(['user_add_org', 'user_modify_org', 'user_leave_org', 'user_active_org', 'org_dept_create', 'org_dept_modify', 'org_dept_remove'])
    .default('user_modify_org'),
  /** About people or departments nobody knows. */
  unknown: z.boolean().default(false),
  ...style,
})
export type BurstInput = z.input<typeof burstSchema>

const releaseSchema = z.strictObject({ order: z.enum(['asIs', 'reversed', 'shuffled']).default('asIs') })
export type ReleaseInput = z.input<typeof releaseSchema>

function sent(deliveries: Delivery[] | undefined): Delivery[] {
  if (deliveries === undefined)
    throw new ControlError('the app subscribes to no events: POST events/subscription first')
  return deliveries
}

/** Sends one event or several by hand. */
export function emit(world: World, input: unknown): Delivery[] {
  const list = Array.isArray(input) ? z.array(emitSchema).parse(input) : [emitSchema.parse(input)]
  return list.flatMap(({ type, fields, ...how }) => sent(world.events.emit({ type, fields }, how)))
}

function drafts(world: World, { count, type, unknown }: z.output<typeof burstSchema>): EventDraft[] {
  const timeStamp = String(world.clock.now())
  const ids = type.startsWith('org_dept') ? [...world.directory.departments.keys()] : [...world.directory.members.keys()]
  return Array.from({ length: count }, (_, index): EventDraft => {
    const known = ids[index % ids.length]
    if (type.startsWith('org_dept'))
      return { type, fields: { deptId: [unknown ? 990_000_000 + index : known] } }
    const userid = unknown ? `unknown-${index}` : known
    const fields = { timeStamp, userId: [userid] }
    return { type, fields: type === 'user_modify_org' ? { ...fields, diffInfo: { userid, prev: {}, curr: {} } } : fields }
  })
}

/** Sends many events at once, about the company's people or departments in turn. */
export function burst(world: World, input: unknown): Delivery[] {
  const { copies, oldKeys, withoutEventId, ...wanted } = burstSchema.parse(input)
  return drafts(world, { ...wanted }).flatMap(draft => sent(world.events.emit(draft, { copies, oldKeys, withoutEventId })))
}

function shuffled<T>(list: T[]): T[] {
  return list
    .map(item => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

/** Sends what was held back; answers how many deliveries that were. */
export function release(world: World, input: unknown): number {
  const { order } = releaseSchema.parse(input)
  return world.events.release(held => (order === 'asIs' ? held : order === 'reversed' ? held.toReversed() : shuffled(held)))
}
