import { describe, expect, it } from 'vitest'
import { abilities } from '#contract/people/rights.ts'
import { defaultRights, parseRoleRights } from '../../../server/directory/rights/settings.ts'
import { unionOf } from '../../../server/directory/rights/union.ts'

describe('rights of several roles', () => {
  it('are the widest scope and all abilities together', () => {
    const rights = { manager: { scope: 'department', abilities: ['export'] }, sales: { scope: 'own', abilities: ['delete'] } } as const
    const given = { manager: { ...rights.manager, abilities: ['export' as const] }, sales: { ...rights.sales, abilities: ['delete' as const] } }
    expect(unionOf(['sales', 'manager'], given)).toEqual({ scope: 'department', abilities: ['export', 'delete'] })
    expect(unionOf(['manager'], given)).toEqual({ scope: 'department', abilities: ['export'] })
  })

  it('are those of sales for whoever has been assigned nothing', () => {
    expect(unionOf([], defaultRights)).toEqual(defaultRights.sales)
  })

  it('keep the defaults of roles that nobody has changed', () => {
    expect(parseRoleRights({ sales: { scope: 'all', abilities: [] } })).toEqual({ ...defaultRights, sales: { scope: 'all', abilities: [] } })
    expect(parseRoleRights(null).manager.abilities).toEqual([...abilities])
  })
})
