import { expect, it } from 'vitest'
import { z } from 'zod'
import { flatId } from '../../../server/directory/sync/plan/new-ids.ts'

it('new ids are UUIDs of version 4, and none comes twice', () => {
  const ids = Array.from({ length: 2000 }, flatId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids)
    expect(z.uuidv4().safeParse(id).success, id).toBe(true)
})
