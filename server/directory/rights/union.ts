import type { AssignableRole, RoleRights } from '#contract/people/rights.ts'
import { abilities, dataScopes } from '#contract/people/rights.ts'
import { fallbackRole } from './settings.ts'

/** What several roles give together: the widest scope, and every ability that one of them has. */
export function unionOf(roles: readonly AssignableRole[], rights: Record<AssignableRole, RoleRights>): RoleRights {
  const given = (roles.length > 0 ? roles : [fallbackRole]).map(role => rights[role])
  return {
    scope: dataScopes.findLast(scope => given.some(each => each.scope === scope)) ?? 'own',
    abilities: abilities.filter(ability => given.some(each => each.abilities.includes(ability))),
  }
}
