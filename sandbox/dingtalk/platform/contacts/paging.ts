import type { SandboxMember } from '../../types.ts'
import type { World } from '../world/world.ts'
import { z } from 'zod'
import { businessError } from '../gateway/answer.ts'
import { numeric } from '../gateway/input.ts'

/** The cap of v2/user/list is undocumented; its predecessor and listsimple say 100 (dingtalk-server-api §4.4). */
const MAX_PAGE = 100

const ORDERS = ['entry_asc', 'entry_desc', 'modify_asc', 'modify_desc', 'custom'] as const

export const pageInput = z.object({ dept_id: numeric, cursor: numeric, size: numeric, order_field: z.string().default('custom') })

export interface Page {
  list: SandboxMember[]
  has_more: boolean
  /** Absent on the last page. */
  next_cursor?: number
}

/** Direct members of a department, one page. `badSize` is 40035 or 40069, depending on the endpoint. */
export function pageOf(world: World, input: z.output<typeof pageInput>, badSize: number): Page {
  const { cursor, size, order_field } = input
  if (size < 1 || size > MAX_PAGE) {
    throw businessError(badSize, badSize === 40069 ? '不合法的分页大小' : '不合法的参数')
  }
  if (cursor < 0)
    throw businessError(40068, '不合法的偏移量')
  if (!(ORDERS as readonly string[]).includes(order_field))
    throw businessError(40070, '不合法的排序参数')
  const staff = world.directory.staffOf(input.dept_id)
  const ordered = order_field.endsWith('_desc') ? staff.toReversed() : staff
  const list = ordered.slice(cursor, cursor + size)
  const end = cursor + list.length
  return end < staff.length ? { has_more: true, next_cursor: end, list } : { has_more: false, list }
}
