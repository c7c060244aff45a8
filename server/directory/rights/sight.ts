import type { Sight } from '#contract/people/roles.ts'
import type { Db } from '../../db/index.ts'
import type { OwnerScope } from '../owner-scope.ts'
import { eq, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { visibleOwners } from '../owner-scope.ts'
import { ownersWithin } from '../owners.ts'

/** How many records of each kind somebody with a scope sees, and how many there are, with examples. The CRM answers it. */
export type RecordsInSight = (accountId: string, scope: OwnerScope) => Promise<Sight['records']>

const { account } = tables
const examples = 8

/**
 * What somebody can see, by the very scope that their own requests get and what is shared with them.
 * @throws {AppError} not_found
 */
export async function sightOf(db: Db, accountId: string, recordsInSight: RecordsInSight): Promise<Omit<Sight, 'rights'>> {
  const [person] = await db.select({ id: account.id, name: account.name, role: account.role, status: account.status }).from(account).where(eq(account.id, accountId))
  if (!person)
    throw new AppError('not_found')
  const scope = await visibleOwners(db, person)
  return { canLogIn: person.status === 'active', owners: await ownersInSight(db, scope), records: await recordsInSight(accountId, scope) }
}

async function ownersInSight(db: Db, scope: OwnerScope): Promise<Sight['owners']> {
  if (scope.kind === 'all')
    return null
  const ids = scope.kind === 'own' ? [scope.accountId] : scope.ids
  const people = await db.$count(account, sql`${account.id} = any(${`{${ids.join(',')}}`}::uuid[])`)
  return { count: people, examples: await ownersWithin(db, scope, { limit: examples }) }
}
