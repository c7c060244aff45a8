import type { World } from '../world/world.ts'
import { z } from 'zod'

const resetSchema = z.strictObject({
  seed: z.number().int().optional(),
  departments: z.number().int().min(1).max(20_000).optional(),
  members: z.number().int().min(0).max(500_000).optional(),
})

export type ResetInput = z.input<typeof resetSchema>

/** Starts over; sizes not named are those of the last start or reset. */
export function reset(world: World, input: unknown): { departments: number, members: number } {
  const wanted = resetSchema.parse(input)
  const { size } = world
  world.reset({ seed: wanted.seed ?? size.seed, departments: wanted.departments ?? size.departments, members: wanted.members ?? size.members })
  return { departments: world.directory.departments.size, members: world.directory.members.size }
}
