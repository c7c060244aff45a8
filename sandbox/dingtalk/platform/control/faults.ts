import type { Fault } from '../gateway/faults.ts'
import type { World } from '../world/world.ts'
import { z } from 'zod'
import { faultSchema } from '../gateway/faults.ts'
import { ControlError } from './respond.ts'

/** Scripts one fault or several. */
export function addFaults(world: World, input: unknown): Fault[] {
  const list = Array.isArray(input) ? z.array(faultSchema).parse(input) : [faultSchema.parse(input)]
  return list.map(fault => world.faults.add(fault))
}

export function removeFault(world: World, id: string | undefined): void {
  if (!world.faults.remove(Number(id)))
    throw new ControlError(`no such fault: ${id}`)
}
