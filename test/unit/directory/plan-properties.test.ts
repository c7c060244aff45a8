import type { SyncSettings } from '#contract/sync/index.ts'
import type { Findings, Plan } from '../../../server/directory/sync/plan/index.ts'
import type { Snapshot } from '../../../server/directory/sync/snapshot.ts'
import type { State, UnboundAccount } from '../../../server/directory/sync/state.ts'
import { describe, expect, it } from 'vitest'
import { makePlan } from '../../../server/directory/sync/plan/index.ts'
import fc from '../../support/properties.ts'
import { applyInMemory } from './apply-in-memory.ts'
import { findings, settings, snapshots, states } from './companies.ts'

const now = 1e8
const fields = ['name', 'avatar', 'title', 'mobile', 'email', 'jobNumber', 'hiredAt'] as const

interface Situation {
  snapshot: Snapshot
  state: State
  found: Findings
  chosen: SyncSettings
}

const situation: fc.Arbitrary<Situation> = fc.record({ snapshot: snapshots, state: states, found: findings, chosen: settings })

function plan({ snapshot, state, found, chosen }: Situation, prefix = 'new'): Plan {
  let next = 0
  return makePlan(snapshot, state, found, { settings: chosen, now, newId: () => `${prefix}-${next++}` })
}

/** Every situation, with its plan and what holds afterwards. */
function always(check: (given: Situation & { after: State, plan: Plan }) => void): void {
  fc.assert(
    fc.property(situation, (given) => {
      const made = plan(given)
      check({ ...given, plan: made, after: applyInMemory(given.state, made, now) })
    }),
    { numRuns: 700 },
  )
}

const everybody = ({ accounts, unbound }: State): UnboundAccount[] => [...accounts, ...unbound]
const shownIn = (snapshot: Snapshot) => new Map(snapshot.members.map(member => [member.userid, member]))
/** The member an account follows after the plan. */
function followed(snapshot: Snapshot, after: State) {
  const members = shownIn(snapshot)
  return after.accounts.flatMap((account) => {
    const member = members.get(account.userid)
    return member ? [{ account, member }] : []
  })
}

const nothing = {
  departments: { create: [], update: [], remove: [] },
  accounts: { create: [], update: [], reenable: [] },
  moves: [],
  leadership: [],
  bindings: { create: [], change: [] },
}

/** The changes of a plan but those that end a grace. */
function withoutGrace({ departments, accounts: { disable: _, ...accounts }, moves, leadership, bindings: { mark: __, ...bindings } }: Plan) {
  return { departments, accounts, moves, leadership, bindings }
}

describe('a plan, whatever DingTalk answers, whatever we hold and whatever is set', { timeout: 60_000 }, () => {
  it('leaves nothing to do once it is applied, but to count the runs of people in their grace', () => {
    always(({ state: { decisions: _, ...held }, snapshot, found, chosen }) => {
      const graceRuns = chosen.grace.unit === 'runs' && !snapshot.partial ? chosen.grace.value : 0
      let state: State = { ...held, decisions: [] }
      for (let run = 0; run <= graceRuns; run++) {
        const changes = plan({ snapshot, state, found, chosen }, `run${run}`)
        if (run > 0)
          expect(withoutGrace(changes)).toEqual(nothing)
        state = applyInMemory(state, changes, now)
      }
      const { kept: __, conflicts: ___, ...changes } = plan({ snapshot, state, found, chosen }, 'last')
      expect(changes).toEqual({ ...nothing, accounts: { ...nothing.accounts, disable: [] }, bindings: { ...nothing.bindings, mark: [] } })
    })
  })

  it('comes to rest within three runs also when decisions contradict each other or what DingTalk says', () => {
    always(({ snapshot, found, chosen, after }) => {
      let state = after
      const settings = { ...chosen, grace: { unit: 'runs' as const, value: 0 } }
      for (const run of ['second', 'third']) state = applyInMemory(state, plan({ snapshot, state, found, chosen: settings }, run), now)
      expect(withoutGrace(plan({ snapshot, state, found, chosen: settings }, 'last'))).toEqual(nothing)
    })
  })

  it('disables only bound, active people whom DingTalk called gone, or whose userid was given away by hand', () => {
    always(({ snapshot, state, plan, found }) => {
      const shown = shownIn(snapshot)
      const decided = new Set(state.decisions.map(({ userid }) => userid))
      for (const { held, reason } of plan.accounts.disable) {
        expect(held.status).toBe('active')
        if (reason.key === 'recycled')
          expect(decided.has(held.userid) && shown.get(held.userid)!.unionid !== held.unionid).toBe(true)
        else expect([shown.has(held.userid), found.people.get(held.userid)]).toEqual([false, 'gone'])
      }
    })
  })

  it('keeps everybody missing until their grace is over', () => {
    always(({ snapshot, state, plan, chosen: { grace } }) => {
      for (const { held, reason } of plan.accounts.disable.filter(({ reason }) => reason.key !== 'recycled')) {
        if (grace.unit === 'runs')
          expect(held.missingRuns + (snapshot.partial && held.missingRuns > 0 ? 0 : 1)).toBeGreaterThan(grace.value)
        else expect(now - Math.min(held.missingSince ?? now, now)).toBeGreaterThanOrEqual(grace.value * 86_400_000)
        expect(reason.key).toBe(grace.value === 0 ? 'gone' : 'gone_after_grace')
      }
      for (const { userid } of plan.kept.filter(({ why }) => why === 'grace'))
        expect(state.accounts.find(held => held.userid === userid)!.status).toBe('active')
    })
  })

  it('re-enables only whom a sync disabled, and never whom an administrator disabled', () => {
    always(({ state, after }) => {
      for (const { id } of everybody(state).filter(({ disabledBy }) => disabledBy === 'admin'))
        expect(everybody(after).find(entry => entry.id === id)).toMatchObject({ status: 'disabled', disabledBy: 'admin' })
    })
  })

  it('leaves an active administrator where there was one', () => {
    const administrators = (state: State) => everybody(state).filter(({ role, status }) => role === 'admin' && status === 'active').length
    always(({ state, after }) => {
      if (administrators(state) > 0)
        expect(administrators(after)).toBeGreaterThan(0)
    })
  })

  it('leaves somebody who can log in as administrator, or spares whom it would have disabled', () => {
    always(({ after, plan }) => {
      const lost = plan.accounts.disable.some(({ held }) => held.role === 'admin')
      const canLogIn = after.accounts.some(held => held.role === 'admin' && held.status === 'active' && held.state === 'present')
      if (lost && !canLogIn)
        expect(plan.kept.map(({ why }) => why)).toContain('last_administrator')
      // Nobody is spared while somebody else can get in.
      if (canLogIn)
        expect(plan.kept.filter(({ why }) => why === 'last_administrator')).toEqual([])
    })
  })

  it('lets each field be decided by whom the settings name, and never replaces a value by nothing', () => {
    always(({ snapshot, state, after, chosen, plan }) => {
      const touched = new Set([...plan.accounts.update.map(({ id }) => id)])
      const members = new Map(followed(snapshot, after).map(({ account, member }) => [account.id, member]))
      for (const before of everybody(state)) {
        const account = everybody(after).find(({ id }) => id === before.id)!
        const told = touched.has(before.id) ? members.get(before.id) : undefined
        for (const field of fields) {
          const empty = before[field] === null || before[field] === ''
          const value = told?.[field]
          if (value === undefined || chosen.fields[field] === 'crm' || (chosen.fields[field] === 'fill' && !empty))
            expect(account[field]).toBe(before[field])
          else expect(account[field]).toBe(value)
        }
      }
      for (const { userid, fields: created } of plan.accounts.create)
        expect(created).toMatchObject(Object.fromEntries(fields.map(field => [field, shownIn(snapshot).get(userid)![field] ?? null])))
    })
  })

  it('removes only departments called gone', () => {
    always(({ plan, found, snapshot }) => {
      const shown = new Set(snapshot.departments.map(({ deptId }) => deptId))
      for (const {
        held: { deptId },
      } of plan.departments.remove)
        expect([deptId === null, shown.has(deptId!), found.departments.get(deptId!)]).toEqual([false, false, 'gone'])
    })
  })

  it('keeps departments that only the CRM knows, with their people', () => {
    always(({ state, after }) => {
      for (const { id } of state.departments.filter(({ deptId }) => deptId === null)) {
        expect(after.departments.some(entry => entry.id === id)).toBe(true)
        for (const [accountId, own] of state.memberships) expect(after.memberships.get(accountId)!.get(id)).toBe(own.get(id))
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

  it('puts everybody it follows into existing departments, with a main one among them', () => {
    always(({ after, snapshot, plan }) => {
      const exist = new Set(after.departments.map(({ id }) => id))
      const left = new Set([...plan.kept.map(({ userid }) => userid), ...plan.conflicts.map(({ member }) => member.userid)])
      for (const { account } of followed(snapshot, after).filter(({ account }) => !left.has(account.userid))) {
        const own = after.memberships.get(account.id) ?? new Map<string, boolean>()
        if ([...own.keys()].some(id => !exist.has(id)))
          throw new Error('in a department that does not exist')
      }
      for (const { memberships, mainDepartmentId } of plan.accounts.create) {
        expect(mainDepartmentId === null ? memberships.length === 0 : memberships.some(({ departmentId }) => departmentId === mainDepartmentId)).toBe(
          true,
        )
      }
      for (const { accountId, main } of plan.moves) {
        if (main.after !== null)
          expect(after.memberships.get(accountId)!.has(main.after) || !exist.has(main.after)).toBe(true)
      }
    })
  })

  it('does not flip a main department while the person is in it', () => {
    always(({ state, after }) => {
      for (const { id, mainDepartmentId: main } of everybody(state)) {
        if (main !== null && state.memberships.get(id)?.has(main) && after.memberships.get(id)?.has(main))
          expect(everybody(after).find(entry => entry.id === id)!.mainDepartmentId).toBe(main)
      }
    })
  })

  it('never gives one account to two members, nor a member two accounts', () => {
    always(({ after, plan }) => {
      const ids = everybody(after).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const { member } of plan.conflicts) {
        expect(plan.accounts.create.some(({ userid }) => userid === member.userid)).toBe(false)
        expect(plan.bindings.create.some(({ userid }) => userid === member.userid)).toBe(false)
      }
    })
  })

  it('gives no account to another person: not by userid, and by value only if nobody could be meant but they', () => {
    always(({ state, after, plan, snapshot }) => {
      const decided = new Set(state.decisions.map(({ userid, unionid }) => `${userid} ${unionid}`))
      for (const before of state.accounts) {
        const now = after.accounts.find(({ id }) => id === before.id)
        if (now && before.unionid && now.unionid !== before.unionid)
          expect(decided).toContain(`${now.userid} ${now.unionid}`)
      }
      for (const { accountId, userid, reason } of plan.bindings.create.filter(({ reason }) => reason.key === 'matched')) {
        const account = state.unbound.find(({ id }) => id === accountId)!
        expect([account.role, account.status]).toEqual(['member', 'active'])
        const by = reason.values!.by as 'mobile' | 'email' | 'jobNumber'
        const same = (value: string | null | undefined) =>
          value?.replace('+86', '').replaceAll(' ', '').toLowerCase() === account[by]!.replace('+86', '').replaceAll(' ', '').toLowerCase()
        expect([...shownIn(snapshot).values()].filter(member => same(member[by]) || (by === 'email' && same(member.orgEmail))).map(member => member.userid)).toEqual([userid])
        expect(
          state.unbound.filter(
            entry => same(entry[by]) && (entry.id === accountId || !plan.bindings.create.some(bound => bound.accountId === entry.id)),
          ),
        ).toHaveLength(1)
      }
    })
  })

  it('never creates anybody the settings leave out', () => {
    always(({ plan, snapshot, chosen }) => {
      const shown = shownIn(snapshot)
      const decided = plan.accounts.create.filter(({ reason }) => reason.key !== 'decided')
      for (const { userid } of chosen.inactiveMembers ? [] : decided) expect(shown.get(userid)!.activated).not.toBe(false)
      for (const { userid } of plan.accounts.create) {
        const { deptIds } = shown.get(userid)!
        if (deptIds.length > 0)
          expect(deptIds.every(deptId => chosen.excludeDepartments.includes(deptId))).toBe(false)
      }
    })
  })

  it('says nothing of others when an event named only some', () => {
    always(({ snapshot, state, found, after, plan }) => {
      if (!snapshot.partial)
        return
      const named = new Set([...shownIn(snapshot).keys(), ...found.people.keys()])
      const moved = new Set(plan.bindings.change.map(({ accountId }) => accountId))
      for (const before of state.accounts.filter(({ userid, id }) => !named.has(userid) && !moved.has(id))) {
        const { mainDepartmentId: _, ...now } = after.accounts.find(({ id }) => id === before.id)!
        const { mainDepartmentId: __, ...then } = before
        expect(now).toEqual(then)
      }
      expect(plan.kept.every(({ userid }) => named.has(userid))).toBe(true)
    })
  })
})
