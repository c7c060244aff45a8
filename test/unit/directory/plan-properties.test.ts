import type { Snapshot } from '../../../server/directory/sync/snapshot.ts'
import type { State } from '../../../server/directory/sync/state.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makePlan } from '../../../server/directory/sync/plan/index.ts'
import { applyInMemory } from './apply-in-memory.ts'
import { findings, snapshots, states } from './companies.ts'

const situation = fc.tuple(snapshots, states, findings)

function ids() {
  let next = 0
  return () => `new-${next++}`
}

/** Every situation, with its plan and what holds afterwards. */
function always(check: (given: { snapshot: Snapshot, state: State, after: State, plan: ReturnType<typeof makePlan>, found: Parameters<typeof makePlan>[2] }) => void): void {
  fc.assert(fc.property(situation, ([snapshot, state, found]) => {
    const plan = makePlan(snapshot, state, found, ids())
    check({ snapshot, state, found, plan, after: applyInMemory(state, plan) })
  }), { numRuns: 1500 })
}

describe('a plan, whatever DingTalk answers and whatever we hold', () => {
  it('leaves nothing to do once it is applied', () => {
    always(({ snapshot, found, after }) => {
      const { kept: _, ...changes } = makePlan(snapshot, after, found, ids())
      expect(changes).toEqual({
        departments: { create: [], update: [], remove: [] },
        accounts: { create: [], update: [], disable: [], reenable: [] },
        bindings: [],
        memberships: [],
        mainDepartments: [],
      })
    })
  })

  it('disables only bound, active people whom DingTalk called gone', () => {
    always(({ snapshot, plan, found }) => {
      const shown = new Set(snapshot.members.map(({ userid }) => userid))
      for (const { userid, status } of plan.accounts.disable)
        expect([userid, status, shown.has(userid), found.people.get(userid)]).toEqual([userid, 'active', false, 'gone'])
    })
  })

  it('re-enables only whom a sync disabled, and never whom an administrator disabled', () => {
    always(({ state, after }) => {
      const byAdmin = state.accounts.filter(({ disabledBy }) => disabledBy === 'admin').map(({ id }) => id)
      for (const id of byAdmin)
        expect(after.accounts.find(entry => entry.id === id)).toMatchObject({ status: 'disabled', disabledBy: 'admin' })
    })
  })

  it('leaves an active administrator where there was one', () => {
    const administrators = ({ accounts, unboundAdministrators }: State) => unboundAdministrators + accounts.filter(({ role, status }) => role === 'admin' && status === 'active').length
    always(({ state, after }) => {
      if (administrators(state) > 0)
        expect(administrators(after)).toBeGreaterThan(0)
    })
  })

  it('never replaces a value by nothing, and forgets nobody', () => {
    always(({ state, after }) => {
      for (const before of state.accounts) {
        const now = after.accounts.find(({ id }) => id === before.id)!
        for (const field of ['name', 'avatar', 'title', 'mobile', 'email', 'jobNumber', 'hiredAt'] as const) {
          if (before[field] !== null)
            expect(now[field]).not.toBeNull()
        }
      }
    })
  })

  it('removes only departments called gone', () => {
    always(({ plan, found, snapshot }) => {
      const shown = new Set(snapshot.departments.map(({ deptId }) => deptId))
      for (const { deptId } of plan.departments.remove)
        expect([deptId === null, shown.has(deptId!), found.departments.get(deptId!)]).toEqual([false, false, 'gone'])
    })
  })

  it('keeps departments that only the CRM knows, with their people', () => {
    always(({ state, after }) => {
      for (const { id } of state.departments.filter(({ deptId }) => deptId === null)) {
        expect(after.departments.some(entry => entry.id === id)).toBe(true)
        for (const [accountId, own] of state.memberships)
          expect(after.memberships.get(accountId)!.get(id)).toBe(own.get(id))
      }
    })
  })

  it('makes a tree: every parent exists and no department is above itself', () => {
    always(({ after }) => {
      const parents = new Map(after.departments.map(({ id, parentId }) => [id, parentId]))
      for (const start of parents.keys()) {
        let steps = 0
        for (let current: string | null = start; current !== null; current = parents.get(current) ?? null) {
          expect(parents.has(current)).toBe(true)
          expect(steps++).toBeLessThanOrEqual(parents.size)
        }
      }
    })
  })

  it('puts everybody into existing departments, with a main one among them', () => {
    always(({ after, snapshot, plan }) => {
      const exist = new Set(after.departments.map(({ id }) => id))
      const left = new Set(plan.kept.map(({ userid }) => userid))
      for (const { userid } of snapshot.members.filter(({ userid }) => !left.has(userid))) {
        const account = after.accounts.find(entry => entry.userid === userid)!
        const own = after.memberships.get(account.id)!
        expect([...own.keys()].every(id => exist.has(id))).toBe(true)
        if (account.mainDepartmentId !== null)
          expect(own.has(account.mainDepartmentId)).toBe(true)
        else
          expect(own.size).toBe(0)
      }
    })
  })

  it('gives each member exactly one account, and touches no account of another person', () => {
    always(({ state, snapshot, after }) => {
      for (const { userid } of snapshot.members)
        expect(after.accounts.filter(entry => entry.userid === userid)).toHaveLength(1)
      const last = new Map(snapshot.members.map(member => [member.userid, member]))
      for (const before of state.accounts) {
        const member = last.get(before.userid)
        if (member?.unionid && before.unionid && member.unionid !== before.unionid)
          expect(after.accounts.find(({ id }) => id === before.id)).toEqual({ ...before, mainDepartmentId: expect.toSatisfy(() => true) as null })
      }
    })
  })
})
