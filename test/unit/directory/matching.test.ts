import type { SyncSettings } from '#contract/sync/index.ts'
import type { Findings } from '../../../server/directory/sync/plan/index.ts'
import type { SnapshotMember } from '../../../server/directory/sync/snapshot.ts'
import type { HeldAccount, State, UnboundAccount } from '../../../server/directory/sync/state.ts'
import { describe, expect, it } from 'vitest'
import { makePlan } from '../../../server/directory/sync/plan/index.ts'
import { comparable } from '../../../server/directory/sync/plan/matching/values.ts'
import { defaultSettings } from '../../../server/directory/sync/settings/defaults.ts'
import { bound, free, member } from './people.ts'

interface Given {
  members?: SnapshotMember[]
  accounts?: HeldAccount[]
  unbound?: UnboundAccount[]
  allData?: string[]
  gone?: string[]
  settings?: Partial<SyncSettings>
  now?: number
}
function plan({ members = [], accounts = [], unbound = [], allData = [], gone = [], settings = {}, now = 0 }: Given) {
  const state: State = { departments: [], accounts, unbound, memberships: new Map(), decisions: [], allData: new Set(allData) }
  const findings: Findings = { people: new Map(gone.map(userid => [userid, 'gone'])), departments: new Map() }
  return makePlan(
    {
      wholeCompany: true,
      departments: [
        { deptId: 1, name: '公司', parentId: undefined, order: 0 },
        { deptId: 2, name: '销售', parentId: 1, order: 1 },
        { deptId: 3, name: '华东', parentId: 2, order: 2 },
      ],
      members,
    },
    state,
    findings,
    { settings: { ...defaultSettings, ...settings }, now },
  )
}

describe('matching by rules', () => {
  it.each([
    ['mobile', '+86 138-0000-0001', '13800000001'],
    ['mobile', '008613800000001', '13800000001'],
    ['mobile', '8613800000001', '13800000001'],
    ['mobile', '１３８００００００１1', '13800000011'],
    ['mobile', '+1-5550100', '+15550100'],
    ['mobile', '—', ''],
    ['email', ' Zhang@Example.COM ', 'zhang@example.com'],
    ['jobNumber', ' A7 ', 'A7'],
  ] as const)('compares %s %s as %s', (field, value, expected) => {
    expect(comparable(field, value)).toBe(expected)
  })

  it('binds an account that only one member can mean, by the first rule that fits', () => {
    const { bindings, accounts } = plan({
      members: [member('a', { mobile: '13800000001', email: 'a@example.com' })],
      unbound: [free('x', { mobile: '+86 13800000001' }), free('y', { email: 'A@example.com' })],
      settings: { matchBy: ['email', 'mobile'] },
    })
    expect(bindings.create).toMatchObject([{ accountId: 'y', userid: 'a', reason: { key: 'matched', values: { by: 'email' } } }])
    expect(accounts.create).toEqual([])
  })

  it('knows a member by either of their e-mail addresses', () => {
    const both = { email: 'a@example.com', orgEmail: 'A@corp.example.com' }
    const settings = { matchBy: ['email' as const] }
    for (const email of ['A@example.com', 'a@corp.example.com']) {
      const { bindings, accounts } = plan({ members: [member('a', both)], unbound: [free('x', { email })], settings })
      expect([bindings.create.map(({ accountId }) => accountId), accounts.create]).toEqual([['x'], []])
    }
    const { conflicts } = plan({ members: [member('a', both)], unbound: [free('x', { email: both.email }), free('y', { email: both.orgEmail })], settings })
    expect(conflicts).toMatchObject([{ kind: 'ambiguous', candidates: ['x', 'y'] }])
    // Whoever is bound goes on holding what they are known by in either way.
    const held = plan({ members: [member('old', both), member('b', { email: both.orgEmail })], accounts: [bound('old', { email: both.orgEmail })], settings })
    expect(held.conflicts.map(({ kind }) => kind)).toEqual(['ambiguous'])
  })

  it.each<[string, Given, string[]]>([
    [
      'two members share the value',
      { members: [member('a', { mobile: '1' }), member('b', { mobile: '1' })], unbound: [free('x', { mobile: '1' })] },
      ['ambiguous', 'ambiguous'],
    ],
    [
      'two accounts share it',
      { members: [member('a', { mobile: '1' })], unbound: [free('x', { mobile: '1' }), free('y', { mobile: '1' })] },
      ['ambiguous'],
    ],
    [
      'two members mean it by different rules',
      { members: [member('a', { mobile: '1' }), member('b', { email: 'e' })], unbound: [free('x', { mobile: '1', email: 'e' })] },
      ['ambiguous', 'ambiguous'],
    ],
    [
      'the match is an administrator',
      { members: [member('a', { mobile: '1' })], unbound: [free('x', { mobile: '1', role: 'admin' })] },
      ['privileged'],
    ],
    [
      'the match sees everybody\'s records',
      { members: [member('a', { mobile: '1' })], unbound: [free('x', { mobile: '1' })], allData: ['x'] },
      ['privileged'],
    ],
    [
      'the match is disabled',
      { members: [member('a', { mobile: '1' })], unbound: [free('x', { mobile: '1', status: 'disabled', disabledBy: 'admin' })] },
      ['privileged'],
    ],
    [
      'the match is bound to a leaver',
      { members: [member('a', { mobile: '1' })], accounts: [bound('old', { mobile: '1' })], gone: ['old'] },
      ['taken'],
    ],
  ])('asks when %s', (_, given, kinds) => {
    const { conflicts, bindings, accounts } = plan({ ...given, settings: { matchBy: ['mobile', 'email'] } })
    expect(conflicts.map(({ kind }) => kind)).toEqual(kinds)
    expect([bindings.create, accounts.create]).toEqual([[], []])
  })

  it('lets a company phone pass to a newcomer when its last user has another one by now', () => {
    const { conflicts, accounts } = plan({
      members: [member('old', { mobile: '2' }), member('a', { mobile: '1' })],
      accounts: [bound('old', { mobile: '1' })],
    })
    expect(conflicts).toEqual([])
    expect(accounts.create).toMatchObject([{ userid: 'a' }])
  })
})

describe('matching by unionid', () => {
  it('follows a person to a new userid once the old one is gone', () => {
    const given = {
      members: [member('new', { unionid: 'union-old' })],
      accounts: [bound('old', { status: 'disabled' as const, disabledBy: 'sync' as const })],
    }
    expect(plan(given)).toMatchObject({ bindings: { change: [] }, conflicts: [{ kind: 'taken' }] })
    expect(plan({ ...given, gone: ['old'] })).toMatchObject({
      bindings: {
        change: [
          { accountId: 'account-old', before: { userid: 'old' }, after: { userid: 'new', unionid: 'union-old' }, reason: { key: 'same_unionid' } },
        ],
      },
      accounts: { create: [], disable: [], reenable: [{ held: { id: 'account-old' } }] },
      conflicts: [],
    })
  })

  it('swaps userids', () => {
    const { bindings, conflicts } = plan({
      members: [member('a', { unionid: 'union-b' }), member('b', { unionid: 'union-a' })],
      accounts: [bound('a'), bound('b')],
    })
    expect(bindings.change.map(({ accountId, after }) => [accountId, after?.userid])).toEqual([
      ['account-b', 'a'],
      ['account-a', 'b'],
    ])
    expect(conflicts).toEqual([])
  })
})

describe('the grace of leavers', () => {
  it.each([
    ['runs', 2, { missingRuns: 1, missingSince: 0 }, 0, 'kept'],
    ['runs', 2, { missingRuns: 2, missingSince: 0 }, 0, 'disabled'],
    ['days', 1, { missingRuns: 1, missingSince: 0 }, 86_399_999, 'kept'],
    ['days', 1, { missingRuns: 1, missingSince: 0 }, 86_400_000, 'disabled'],
    ['days', 1, { missingRuns: 1, missingSince: 9e12 }, 0, 'kept'],
  ] as const)('of %s: %i, missing %o at %i: %s', (unit, value, missing, now, expected) => {
    const { accounts, kept } = plan({
      accounts: [bound('a', missing), bound('boss', { role: 'admin' })],
      members: [member('boss')],
      gone: ['a'],
      settings: { grace: { unit, value } },
      now,
    })
    expect({ disabled: accounts.disable.length, grace: kept.filter(({ why }) => why === 'grace').length }).toEqual(
      expected === 'kept' ? { disabled: 0, grace: 1 } : { disabled: 1, grace: 0 },
    )
  })

  it('is forgotten when they come back', () => {
    expect(plan({ accounts: [bound('a', { missingRuns: 1, missingSince: 5 })], members: [member('a')] }).bindings.mark).toMatchObject([
      { after: { missingRuns: 0, missingSince: null, state: 'present' } },
    ])
  })
})

describe('filters and roles', () => {
  it('leave out departments with those below, keep and mark who is bound, and let the nearest named one decide', () => {
    const people = [member('in', { deptIds: [1] }), member('out', { deptIds: [3] }), member('both', { deptIds: [1, 3] })]
    const { accounts, departments, kept, bindings } = plan({ members: people, accounts: [bound('out')], settings: { excludeDepartments: [2] } })
    expect(accounts.create.map(({ userid }) => userid)).toEqual(['in', 'both'])
    expect(departments.create.map(({ deptId }) => deptId)).toEqual([1])
    expect(kept).toMatchObject([{ userid: 'out', why: 'excluded' }])
    expect(bindings.mark).toMatchObject([{ userid: 'out', after: { state: 'out_of_scope' } }])
    expect(
      plan({ members: people, settings: { excludeDepartments: [2], includeDepartments: [3] } }).accounts.create.map(({ userid }) => userid),
    ).toEqual(['out', 'both'])
  })

  it('make no account for the inactive unless wished, and keep those they have', () => {
    const { accounts, kept } = plan({
      members: [member('new', { activated: false }), member('old', { activated: false })],
      accounts: [bound('old')],
      settings: { inactiveMembers: false },
    })
    expect([accounts.create, accounts.disable, kept]).toEqual([[], [], []])
  })

  it('give new accounts the role of the first rule that fits, also by a department above', () => {
    const roles = plan({
      members: [member('a', { deptIds: [3] }), member('b', { deptIds: [1] })],
      settings: { rolesByDepartment: [{ deptId: 2, role: 'admin' }] },
    }).accounts.create
    expect(roles.map(({ role }) => role)).toEqual(['admin', 'sales'])
  })

  it('takes names of 200 characters, and the last of several entries with one userid', () => {
    const name = '长'.repeat(200)
    expect(plan({ members: [member('a'), member('a', { name })] }).accounts.create).toMatchObject([{ fields: { name } }])
  })
})
