import type { CordysUser } from '../organization/company.ts'
import type { World } from '../world.ts'
import type { PageRequest } from './page.ts'
import type { CustomerRow } from './types.ts'
import { may } from '../auth/permissions.ts'
import { moduleFields } from '../forms/show.ts'
import { business, CordysError, denied, unhandled } from '../http/envelope.ts'
import { inScope } from '../organization/scope.ts'
import { audit, ownership } from './audit.ts'
import { select } from './select.ts'

export const ownerOf = (row: CustomerRow) => (row.values.business.owner as string | undefined) ?? null

export function collaborationOf(world: World, user: CordysUser, customerId: string) {
  return world.collaborations.find(item => item.customerId === customerId && item.userId === user.id)?.collaborationType ?? null
}

/** C+: the annotation checks the record against the caller's scope, too. */
export function scoped(world: World, user: CordysUser, id: string): CustomerRow {
  const row = world.customers.get(id)
  if (!row || !inScope(world, user, ownerOf(row)))
    throw denied()
  return row
}

/** What is answered about a record that is not there: the facts are silent, so every way a Java service has (settings.missing). */
export function missing(world: World): null {
  switch (world.settings.missing) {
    case 'message':
      throw business('数据不存在')
    case 'exception':
      throw unhandled('java.lang.NullPointerException: Cannot invoke "Object.toString()" because "record" is null')
    case 'not-found':
      throw new CordysError(404, 100404, 'Not Found')
    default:
      return null
  }
}

/** What the services of follow-ups ask: may this person see (or change) that customer? A failure is a business error. */
export function reachable(world: World, user: CordysUser, id: string, permission: 'READ' | 'UPDATE'): CustomerRow {
  const row = world.customers.get(id)
  const collaboration = row && collaborationOf(world, user, id)
  const inside = row && inScope(world, user, ownerOf(row)) && may(world, user, `CUSTOMER_MANAGEMENT:${permission}`)
  if (!row || !(inside || collaboration === 'COLLABORATION' || (collaboration && permission === 'READ')))
    throw business('没有操作权限')
  return row
}

export function valueOf(row: CustomerRow, name: string): unknown {
  if (name in row.values.business)
    return row.values.business[name]
  if (row.values.custom.has(name))
    return row.values.custom.get(name)
  return row[name as keyof CustomerRow]
}

export function listed(world: World, user: CordysUser, request: PageRequest): CustomerRow[] {
  const { viewId } = request
  const saved = world.views.find(view => view.id === viewId && view.userId === user.id)
  const rows = [...world.customers.values()].filter((row) => {
    if (row.inSharedPool)
      return false
    if (viewId === 'CUSTOMER_COLLABORATION')
      return collaborationOf(world, user, row.id) !== null
    return inScope(world, user, ownerOf(row)) && (viewId !== 'SELF' || ownerOf(row) === user.id) && (viewId !== 'DEPARTMENT' || sameDepartment(world, user, row))
  })
  const conditions = saved ? { searchMode: saved.searchMode, conditions: saved.conditions as never[] } : request.combineSearch
  return select(rows, {
    request: { ...request, combineSearch: conditions },
    caller: user.id,
    now: world.now(),
    valueOf,
    texts: row => [row.values.business.name, ...phones(world, row)],
  })
}

function phones(world: World, row: CustomerRow): unknown[] {
  return world.forms.customer.fields.filter(({ type }) => type === 'PHONE').map(({ id }) => row.values.custom.get(id))
}

function sameDepartment(world: World, user: CordysUser, row: CustomerRow): boolean {
  return world.users.get(ownerOf(row) ?? '')?.departmentId === user.departmentId
}

/** A customer as lists show it; nulls are there. */
export function view(world: World, user: CordysUser, row: CustomerRow) {
  return {
    id: row.id,
    name: row.values.business.name ?? null,
    ...ownership(world, ownerOf(row)),
    inSharedPool: row.inSharedPool,
    latestFollowUpTime: row.followTime,
    collectionTime: row.collectionTime,
    reservedDays: null,
    follower: row.follower,
    followerName: world.users.get(row.follower ?? '')?.name ?? null,
    followTime: row.followTime,
    poolId: null,
    recyclePoolName: null,
    reasonId: null,
    reasonName: null,
    collaborationType: collaborationOf(world, user, row.id),
    moduleFields: moduleFields(row.values),
    organizationId: '100001',
    ...audit(world, row),
  }
}
