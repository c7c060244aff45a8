import type { SettingsInput } from '../settings.ts'
import type { World } from '../world.ts'
import type { Fault, FaultInput } from './faults.ts'
import { z } from 'zod'
import { ControlError } from '../../dingtalk/platform/control/respond.ts'
import { written } from '../records/audit.ts'
import { ownerOf } from '../records/customers.ts'
import { settingsSchema } from '../settings.ts'
import { faultSchema } from './faults.ts'

const userChanges = z.strictObject({
  enable: z.boolean().optional(),
  roleIds: z.array(z.string()).optional(),
  resourceUserId: z.string().nullable().optional(),
})

/** What tests and the demo may do to this Cordys; the control API offers the same over HTTP. */
export function createControl(world: World) {
  return {
    reset: () => world.reset(),
    settings(changes: Partial<SettingsInput>) {
      world.settings = settingsSchema.parse({ ...world.settings, ...changes })
      return { settings: world.settings }
    },
    users: () => ({ users: [...world.users.values()].map(({ passwordMd5: _password, ...user }) => user) }),
    /** By Cordys's user id or DingTalk's userid. Disabling ends the person's sessions. */
    changeUser(id: string, changes: z.input<typeof userChanges>) {
      const user = world.users.get(id) ?? [...world.users.values()].find(({ resourceUserId }) => resourceUserId === id)
      if (!user)
        throw new ControlError(`no such user: ${id}`)
      Object.assign(user, userChanges.parse(changes))
      if (!user.enable)
        world.sessions.endAll(user.id)
      return { user: { ...user, passwordMd5: undefined } }
    },
    /** A follow-up record of a lead, by Cordys's user id or DingTalk's userid; leads themselves are not here. */
    followLead(userId: string, content: string) {
      const user = world.users.get(userId) ?? [...world.users.values()].find(({ resourceUserId }) => resourceUserId === userId)
      if (!user)
        throw new ControlError(`no such user: ${userId}`)
      const id = world.newId()
      const business = { type: 'CLUE', clueId: world.newId(), content, followTime: world.now(), followMethod: '1', owner: user.id }
      world.follows.set(id, { id, values: { business, custom: new Map() }, ...written(world, user.id) })
      return { id }
    },
    shift(ms: number) {
      world.shift(ms)
      return { now: world.now() }
    },
    expireSessions: (userId?: string) => ({ ended: world.sessions.endAll(userId) }),
    /** Ids of the sessions of people. */
    sessions: () => world.sessions.list().filter(({ userId }) => userId !== undefined).map(({ id }) => id),
    addFaults(input: FaultInput | FaultInput[]): Fault[] {
      const list = Array.isArray(input) ? input : [input]
      return list.map(fault => world.faults.add(faultSchema.parse(fault)))
    },
    clearFaults: () => world.faults.clear(),
    calls: (path?: string) => world.calls.list(path),
    clearCalls: () => world.calls.clear(),
    /** The whole truth about customers, whatever a caller may see. */
    customers: () =>
      [...world.customers.values()].map(row => ({
        id: row.id,
        name: row.values.business.name,
        owner: ownerOf(row),
        moduleFields: [...row.values.custom].map(([fieldId, fieldValue]) => ({ fieldId, fieldValue })),
      })),
    forms: () => world.forms,
  }
}

export type CordysControl = ReturnType<typeof createControl>
