import type { Findings } from '../../../server/directory/sync/plan/index.ts'
import type { Snapshot, SnapshotMember } from '../../../server/directory/sync/snapshot.ts'
import type { State } from '../../../server/directory/sync/state.ts'
import { describe, expect, it } from 'vitest'
import { guardPlan } from '../../../server/directory/sync/guard.ts'
import { makePlan } from '../../../server/directory/sync/plan/index.ts'
import { defaultSettings } from '../../../server/directory/sync/settings/defaults.ts'
import { applyInMemory } from './apply-in-memory.ts'
import { member as memberOf } from './people.ts'

const nothing: State = { departments: [], accounts: [], unbound: [], memberships: new Map(), decisions: [] }
const usual = { settings: defaultSettings, now: 0 }
const noFindings: Findings = { people: new Map(), departments: new Map() }

const department = (deptId: number, parentId: number | undefined, name = `部门${deptId}`) => ({ deptId, parentId, name, order: deptId })
const member = (userid: string, deptIds: number[], rest: Partial<SnapshotMember> = {}) => memberOf(userid, { deptIds, ...rest })
function company(departments: Snapshot['departments'], members: SnapshotMember[] = [], wholeCompany = true): Snapshot {
  return {
    wholeCompany,
    departments,
    members,
  }
}
const after = (snapshot: Snapshot, state: State = nothing, findings = noFindings) => applyInMemory(state, makePlan(snapshot, state, findings, usual))

/** Parent names by department name. */
function tree({ departments }: State) {
  const byId = new Map(departments.map(entry => [entry.id, entry.name]))
  return Object.fromEntries(departments.map(({ name, parentId }) => [name, parentId && byId.get(parentId)]))
}

const deep = company([department(1, undefined, '公司'), department(2, 1, '销售'), department(3, 2, '华东'), department(4, 3, '上海')])

describe('departments of a plan', () => {
  it('follow moves and renames under their old id', () => {
    const state = after(deep)
    const plan = makePlan(
      company([department(1, undefined, '公司'), department(2, 1, '销售中心'), department(3, 1, '华东'), department(4, 3, '上海')]),
      state,
      noFindings,
      usual,
    )
    expect(plan.departments.create).toEqual([])
    expect(plan.departments.update.map(({ id, what }) => [state.departments.find(entry => entry.id === id)!.name, what])).toEqual([
      ['销售', ['rename']],
      ['华东', ['move']],
    ])
  })

  it('keep their names where DingTalk tells none, as people do', () => {
    const named = company([department(1, undefined, '公司'), department(2, 1, '销售')], [member('zhang', [2], { name: '张三' })])
    const state = after(named)
    const untold = company([department(1, undefined, ''), department(2, 1, ''), department(3, 1, '')], [member('zhang', [2], { name: '' }), member('li', [2], { name: '' })])
    const next = after(untold, state)
    expect(next.departments.map(({ name }) => name)).toEqual(['公司', '销售', '#3'])
    expect(next.accounts.map(({ name }) => name)).toEqual(['张三', 'li'])
  })

  it('stay where they are when the scope shrinks to a part, marked where their parent is out of sight', () => {
    const state = after(deep)
    const cut = after(company([department(3, 2, '华东'), department(4, 3, '上海')], [], false), state)
    expect(tree(cut)).toEqual(tree(state))
    expect(cut.departments.filter(({ parentOutOfScope }) => parentOutOfScope).map(({ name }) => name)).toEqual(['华东'])
    expect(after(deep, cut).departments).toEqual(state.departments)
  })

  it('hang at the top, marked, when their parent was never seen', () => {
    const state = after(company([department(3, 2, '华东'), department(4, 3, '上海')], [], false))
    expect(tree(state)).toEqual({ 华东: null, 上海: '华东' })
    expect(state.departments[0]).toMatchObject({ parentOutOfScope: true })
  })

  it('survive the removal of their parent when only they cannot be seen', () => {
    const state = after(deep)
    const findings: Findings = {
      people: new Map(),
      departments: new Map([
        [3, 'gone'],
        [4, 'outOfScope'],
      ]),
    }
    expect(tree(after(company([department(1, undefined, '公司'), department(2, 1, '销售')]), state, findings))).toEqual({
      公司: null,
      销售: '公司',
      上海: '销售',
    })
  })

  it.each([
    ['a cycle of two', [department(1, undefined, '公司'), department(2, 3), department(3, 2)], { 公司: null, 部门2: '公司', 部门3: '部门2' }],
    ['one under itself', [department(1, undefined, '公司'), department(2, 2)], { 公司: null, 部门2: '公司' }],
    ['a root below its own child', [department(1, 2, '公司'), department(2, 1)], { 公司: null, 部门2: '公司' }],
    ['a cycle without any root', [department(2, 3), department(3, 2)], { 部门2: null, 部门3: '部门2' }],
  ])('become a tree when DingTalk answers %s', (_, departments, expected) => {
    expect(tree(after(company(departments)))).toEqual(expected)
  })

  it('nest 40 levels', () => {
    const state = after(company(Array.from({ length: 40 }, (_, index) => department(index + 1, index || undefined))))
    expect(state.departments).toHaveLength(40)
    expect(tree(state)).toMatchObject({ 部门40: '部门39', 部门2: '部门1' })
  })
})

describe('people of a plan', () => {
  const offices = [department(1, undefined), department(2, 1), department(3, 1), department(4, 1)]
  const deptIdsOf = (state: State, userid: string) => {
    const account = state.accounts.find(entry => entry.userid === userid)!
    const deptId = (id: string | null) => state.departments.find(entry => entry.id === id)?.deptId
    return {
      all: [...(state.memberships.get(account.id) ?? new Map<string, boolean>()).keys()].map(deptId).sort(),
      main: deptId(account.mainDepartmentId),
    }
  }

  it('keep all their departments and a main one that does not flip', () => {
    const first = after(company(offices, [member('a', [3, 2])]))
    expect(deptIdsOf(first, 'a')).toEqual({ all: [2, 3], main: 3 })
    const reordered = after(company(offices, [member('a', [2, 3, 4])]), first)
    expect(deptIdsOf(reordered, 'a')).toEqual({ all: [2, 3, 4], main: 3 })
    expect(deptIdsOf(after(company(offices, [member('a', [4, 2])]), reordered), 'a')).toEqual({ all: [2, 4], main: 4 })
  })

  it('are in the departments that exist, when DingTalk names unknown ones', () => {
    expect(deptIdsOf(after(company(offices, [member('a', [99, 4])])), 'a')).toEqual({ all: [4], main: 4 })
    expect(deptIdsOf(after(company(offices, [member('a', [99])])), 'a')).toEqual({ all: [], main: undefined })
  })

  it.each([
    ['nobody else administers', {}, true],
    ['another administrator is shown', { role: 'admin' as const }, false],
    ['another administrator is out of scope', { role: 'admin' as const, state: 'out_of_scope' as const }, true],
    ['another administrator has no member', { role: 'admin' as const, unbound: true }, true],
  ])('keep an administrator who left while %s', (_, { unbound = false, ...other }: Partial<State['accounts'][number]> & { unbound?: boolean }, spared) => {
    const state = after(company(offices, [member('a', [2]), member('b', [2])]))
    const [a, b] = state.accounts as [State['accounts'][number], State['accounts'][number]]
    const colleague = { ...b, ...other }
    const held = { ...state, accounts: [{ ...a, role: 'admin' as const }, ...(unbound ? [] : [colleague])], unbound: unbound ? [colleague] : [] }
    const seen = other.state === 'out_of_scope' || unbound ? [] : [member('b', [2])]
    const plan = makePlan(company(offices, seen), held, { departments: new Map(), people: new Map([['a', 'gone'], ['b', 'outOfScope']]) }, usual)
    expect(plan.accounts.disable).toHaveLength(spared ? 0 : 1)
    expect(plan.kept.filter(({ why }) => why === 'last_administrator')).toHaveLength(spared ? 1 : 0)
  })

  it('stay where they were in departments that are out of sight, leadership included', () => {
    const whole = after(company(offices, [member('a', [2, 3], { leaderIn: [2, 3] })]))
    const cut = after(company([department(3, 1)], [member('a', [2, 3])], false), whole)
    const [account] = cut.accounts
    const leads = [...cut.memberships.get(account!.id)!].map(([id, leader]) => [cut.departments.find(entry => entry.id === id)!.deptId, leader])
    expect(leads).toEqual([
      [2, true],
      [3, false],
    ])
  })

  it('go on leading where DingTalk does not say who leads, and cease where it does', () => {
    const state = after(company(offices, [member('a', [2, 3], { leaderIn: [2, 3] })]))
    const leads = (next: State) => [...next.memberships.get(next.accounts[0]!.id)!.values()]
    expect(leads(after(company(offices, [member('a', [2, 3], { leadsUnknown: true })]), state))).toEqual([true, true])
    const halfTold = offices.map(entry => (entry.deptId === 2 ? { ...entry, leadersUnknown: true } : entry))
    expect(leads(after(company(halfTold, [member('a', [2, 3])]), state))).toEqual([true, false])
  })

  it('keep their departments when DingTalk names none', () => {
    const state = after(company(offices, [member('a', [2])]))
    expect(deptIdsOf(after(company(offices, [member('a', [])]), state), 'a')).toEqual({ all: [2], main: 2 })
  })

  it('are the same person by unionid only if both sides know it', () => {
    const state = after(company(offices, [member('a', [2], { unionid: undefined })]))
    const named = after(company(offices, [member('a', [2], { unionid: 'u1', title: '经理' })]), state)
    expect(named.accounts).toMatchObject([{ unionid: 'u1', title: '经理' }])
    const plan = makePlan(company(offices, [member('a', [3], { unionid: 'u2', title: '别人' })]), named, noFindings, usual)
    expect(plan).toMatchObject({
      accounts: { create: [], update: [], disable: [] },
      moves: [],
      kept: [],
      conflicts: [{ kind: 'recycled', candidates: [named.accounts[0]!.id], member: { userid: 'a' } }],
    })
  })
})

describe('the guard', () => {
  function leaving(gone: number, of: number) {
    const everybody = Array.from({ length: of }, (_, index) => member(`u${index}`, [1]))
    const state = after(company([department(1, undefined)], everybody))
    const findings: Findings = { departments: new Map(), people: new Map(everybody.slice(0, gone).map(({ userid }) => [userid, 'gone'])) }
    return guardPlan(makePlan(company([department(1, undefined)], everybody.slice(gone)), state, findings, usual), state, defaultSettings.guard)
  }

  it('lets few people go, even from a small company, and some of a large one', () => {
    expect(leaving(5, 6)).toBeUndefined()
    expect(leaving(10, 200)).toBeUndefined()
  })

  it('stops when more go', () => {
    expect(leaving(6, 7)).toMatchObject({ kind: 'guard', disabled: 6, accounts: 7 })
    expect(leaving(11, 200)).toMatchObject({ disabled: 11, accounts: 200 })
  })
})
