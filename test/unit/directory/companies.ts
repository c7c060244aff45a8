import type { Findings, Verdict } from '../../../server/directory/sync/plan/index.ts'
import type { Snapshot, SnapshotMember } from '../../../server/directory/sync/snapshot.ts'
import type { HeldAccount, State } from '../../../server/directory/sync/state.ts'
import fc from 'fast-check'

/** Few ids, so that snapshots and states overlap, refer to each other, and form cycles. */
const deptId = fc.integer({ min: 1, max: 12 })
const userid = fc.constantFrom(...Array.from({ length: 12 }, (_, index) => `user${index}`))
const unionid = fc.constantFrom('', 'a', 'b')
const text = fc.option(fc.constantFrom('甲', '乙', '丙'), { nil: undefined })

const member: fc.Arbitrary<SnapshotMember> = fc.record({
  userid,
  unionid: fc.constantFrom(undefined, 'a', 'b'),
  name: fc.constantFrom('甲', '乙', '丙'),
  avatar: text,
  title: text,
  mobile: text,
  email: text,
  jobNumber: text,
  hiredAt: fc.option(fc.constantFrom(0, 1_600_000_000_000), { nil: undefined }),
  activated: fc.option(fc.boolean(), { nil: undefined }),
  deptIds: fc.uniqueArray(deptId, { maxLength: 4 }),
  leaderIn: fc.uniqueArray(deptId, { maxLength: 2 }),
})

/** Any snapshot, also ones DingTalk should never answer: cycles, a department under itself, duplicates. */
export const snapshots: fc.Arbitrary<Snapshot> = fc.record({
  wholeCompany: fc.boolean(),
  departments: fc.array(fc.record({
    deptId,
    name: fc.constantFrom('销售部', '市场部', '财务部'),
    parentId: fc.option(deptId, { nil: undefined }),
    order: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  }), { maxLength: 10 }),
  members: fc.array(member, { maxLength: 12 }),
})

const held = fc.record({
  unionid,
  state: fc.constantFrom('present' as const, 'out_of_scope' as const, 'gone' as const),
  activated: fc.boolean(),
  name: fc.constantFrom('甲', '乙', '丁'),
  title: fc.option(fc.constantFrom('甲', '丁')),
  role: fc.constantFrom('admin' as const, 'member' as const),
  standing: fc.constantFrom('active' as const, 'sync' as const, 'admin' as const),
  lastLoginAt: fc.option(fc.integer({ min: 0, max: 5 })),
  memberships: fc.uniqueArray(fc.tuple(deptId, fc.boolean()), { selector: ([id]) => id, maxLength: 4 }),
  main: fc.option(deptId),
})

/** What we might hold: a proper tree (parents have smaller ids), some departments only ours, people in any condition. */
export const states: fc.Arbitrary<State> = fc.record({
  departments: fc.uniqueArray(fc.record({ deptId, own: fc.boolean(), parent: fc.integer({ min: 0, max: 11 }), name: fc.constantFrom('销售部', '旧部门'), order: fc.integer({ min: 0, max: 3 }), marked: fc.boolean() }), { selector: entry => entry.deptId, maxLength: 10 }),
  accounts: fc.uniqueArray(fc.tuple(userid, held), { selector: ([id]) => id, maxLength: 10 }),
  unboundAdministrators: fc.integer({ min: 0, max: 1 }),
}).map(({ departments, accounts, unboundAdministrators }) => {
  const known = new Set(departments.map(entry => entry.deptId))
  const idOf = (id: number) => `dept-${id}`
  return {
    unboundAdministrators,
    departments: departments.map(entry => ({
      id: idOf(entry.deptId),
      deptId: entry.own && entry.deptId !== 1 ? null : entry.deptId,
      parentId: entry.parent < entry.deptId && known.has(entry.parent) ? idOf(entry.parent) : null,
      name: entry.name,
      order: entry.order,
      parentOutOfScope: entry.marked,
    })),
    accounts: accounts.map(([userid, { standing, memberships: _, main, ...rest }]): HeldAccount => ({
      ...rest,
      id: `account-${userid}`,
      userid,
      avatar: null,
      mobile: '1',
      email: null,
      jobNumber: null,
      hiredAt: null,
      status: standing === 'active' ? 'active' : 'disabled',
      disabledBy: standing === 'active' ? null : standing,
      mainDepartmentId: main !== null && known.has(main) ? idOf(main) : null,
    })),
    memberships: new Map(accounts.map(([userid, { memberships }]) => [
      `account-${userid}`,
      new Map(memberships.filter(([id]) => known.has(id)).map(([id, leader]) => [idOf(id), leader])),
    ])),
  }
})

const verdict = fc.constantFrom<Verdict>('gone', 'outOfScope', 'uncertain')

export const findings: fc.Arbitrary<Findings> = fc.record({
  people: fc.array(fc.tuple(userid, verdict)).map(entries => new Map(entries)),
  departments: fc.array(fc.tuple(deptId, verdict)).map(entries => new Map(entries)),
})
