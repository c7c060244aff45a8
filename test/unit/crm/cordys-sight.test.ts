import { expect, it } from 'vitest'
import { kindOf } from '../../../server/crm/cordys/kinds/index.ts'
import { isInReach } from '../../../server/crm/cordys/records/sight.ts'

/** A Cordys whose list has so many records of one moment, and repeats its last page for ever. */
function listing(ids: string[]) {
  const asked: number[] = []
  const read = async (_path: string, { body: { current, pageSize } }: { body: { current: number, pageSize: number } }) => {
    asked.push(current)
    const from = Math.min(current - 1, Math.ceil(ids.length / pageSize) - 1) * pageSize
    return { list: ids.slice(from, from + pageSize).map(id => ({ id })), total: ids.length }
  }
  return { asked, look: { kind: kindOf('contacts'), cordys: { user: { id: 'me' }, read } } as unknown as Parameters<typeof isInReach>[0] }
}

const detail = (id: string) => ({ id, owner: 'somebody', createTime: 1 }) as unknown as Parameters<typeof isInReach>[1]

it('looks for a contact of an import on every page of its moment, and no further', async () => {
  const { asked, look } = listing(Array.from({ length: 250 }, (_, at) => `c${at}`))
  expect(await isInReach(look, detail('c249'))).toBe(true)
  expect(await isInReach(look, detail('elsewhere'))).toBe(false)
  expect(asked).toEqual([1, 2, 3, 1, 2, 3])
})
