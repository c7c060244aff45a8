import type { SettingsPatch } from '../world/settings.ts'
import type { World } from '../world/world.ts'
import type { Operation } from './operations.ts'
import { z } from 'zod'
import { watchChange } from '../events/changes.ts'
import { addDepartment, moveDepartment, removeDepartment, updateDepartment } from './departments.ts'
import { addMember, removeMember, updateMember } from './members.ts'
import { operationSchema } from './operations.ts'
import { ControlError } from './respond.ts'

function moveClock(world: World, { shiftMs, setMs, reset }: Extract<Operation, { op: 'clock' }>): { now: number } {
  if (reset === true)
    world.clock.reset()
  if (setMs !== undefined)
    world.clock.set(setMs)
  if (shiftMs !== undefined)
    world.clock.shift(shiftMs)
  return { now: world.clock.now() }
}

function applySettings(world: World, patch: SettingsPatch): void {
  const { channel, url, token, aesKey } = patch.events ?? {}
  if (channel === 'http' || url !== undefined || token !== undefined || aesKey !== undefined)
    throw new ControlError('an http subscription is saved with POST events/subscription, which sends check_url')
  world.applySettings(patch)
}

function apply(world: World, operation: Operation): unknown {
  switch (operation.op) {
    case 'addMember':
      return addMember(world, operation.member)
    case 'updateMember':
      return updateMember(world, operation.userid, operation.changes)
    case 'removeMember':
      return removeMember(world, operation.userid, operation.reason)
    case 'moveMember':
      return updateMember(world, operation.userid, { deptIds: operation.deptIds })
    case 'addDepartment':
      return addDepartment(world, operation.department)
    case 'updateDepartment':
      return updateDepartment(world, operation.deptId, operation.changes)
    case 'moveDepartment':
      return moveDepartment(world, operation.deptId, operation.parentId)
    case 'removeDepartment':
      return removeDepartment(world, operation.deptId)
    case 'settings':
      return applySettings(world, operation.settings)
    case 'app':
      return Object.assign(world.app, operation.app)
    case 'clock':
      return moveClock(world, operation)
    case 'expire':
      return operation.what === 'tokens' ? world.expireTokens() : world.tickets.expire()
  }
}

/** Carries out the operation; a subscribed app is told of it as DingTalk would. */
function applyAndTell(world: World, operation: Operation): unknown {
  const announce = watchChange(world, operation)
  const result = apply(world, operation)
  world.events.publish(announce(result))
  return result
}

/** Carries out one operation or several in order; the first that fails throws and leaves the earlier ones done. */
export function mutate(world: World, input: unknown): { results: unknown[] } {
  const list = Array.isArray(input) ? z.array(operationSchema).parse(input) : [operationSchema.parse(input)]
  return { results: list.map(operation => applyAndTell(world, operation) ?? null) }
}
