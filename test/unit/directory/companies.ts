import type { SyncSettings } from '#contract/sync/index.ts'
import type { Findings, Verdict } from '../../../server/directory/sync/plan/index.ts'
import type { Snapshot, SnapshotMember } from '../../../server/directory/sync/snapshot.ts'
import type { Decision, HeldAccount, State, UnboundAccount } from '../../../server/directory/sync/state.ts'
import { defaultSettings } from '../../../server/directory/sync/settings/defaults.ts'
import fc from '../../support/properties.ts'

/** Few ids, so that snapshots and states overlap, refer to each other, and form cycles. */
const deptId = fc.integer({ min: 1, max: 12 })
const userid = fc.constantFrom(...Array.from({ length: 12 }, (_, index) => `user${index}`))
const unionid = fc.constantFrom('', 'a', 'b')
const text = fc.option(fc.constantFrom('甲', '乙', '丙'), { nil: undefined })
/** Written in several ways, so that matching has something to normalise. */
const mobile = fc.constantFrom('13800000001', '+86 138 0000 0001', '13800000002', '+1-5550100')
const email = fc.constantFrom('a@example.com', 'A@Example.com', 'b@example.com')
const jobNumber = fc.constantFrom('1', '2', '3')

const member: fc.Arbitrary<SnapshotMember> = fc.record({
  userid,
  unionid: fc.constantFrom(undefined, 'a', 'b'),
  name: fc.constantFrom('甲', '乙', '丙'),
  avatar: text,
  title: text,
  mobile: fc.option(mobile, { nil: undefined }),
  email: fc.option(email, { nil: undefined }),
  orgEmail: fc.option(email, { nil: undefined }),
  jobNumber: fc.option(jobNumber, { nil: undefined }),
  hiredAt: fc.option(fc.constantFrom(0, 1_600_000_000_000), { nil: undefined }),
  activated: fc.option(fc.boolean(), { nil: undefined }),
  deptIds: fc.uniqueArray(deptId, { maxLength: 4 }),
  leaderIn: fc.uniqueArray(deptId, { maxLength: 2 }),
  managerUserid: fc.option(userid, { nil: undefined }),
})

/** Any snapshot, also ones DingTalk should never answer: cycles, a department under itself, duplicates. */
export const snapshots: fc.Arbitrary<Snapshot> = fc.record({
  wholeCompany: fc.boolean(),
  departments: fc.array(
    fc.record({
      deptId,
      name: fc.constantFrom('销售部', '市场部', '财务部'),
      parentId: fc.option(deptId, { nil: undefined }),
      order: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    }),
    { maxLength: 10 },
  ),
  members: fc.array(member, { maxLength: 12 }),
  partial: fc.constantFrom(false, false, true),
})

const bound = fc.record({
  unionid,
  state: fc.constantFrom('present' as const, 'out_of_scope' as const, 'gone' as const),
  activated: fc.boolean(),
  missing: fc.option(fc.record({ missingSince: fc.integer({ min: 0, max: 2e8 }), missingRuns: fc.integer({ min: 1, max: 3 }) })),
})

const held = fc.record({
  name: fc.constantFrom('甲', '乙', '丁'),
  title: fc.option(fc.constantFrom('甲', '丁', '')),
  mobile: fc.option(mobile),
  email: fc.option(email),
  jobNumber: fc.option(jobNumber),
  chosen: fc.boolean(),
  role: fc.constantFrom('admin' as const, 'member' as const),
  standing: fc.constantFrom('active' as const, 'sync' as const, 'admin' as const),
  lastLoginAt: fc.option(fc.integer({ min: 0, max: 5 })),
  memberships: fc.uniqueArray(fc.tuple(deptId, fc.boolean()), { selector: ([id]) => id, maxLength: 4 }),
  main: fc.option(deptId),
})

/** What we might hold: a proper tree (parents have smaller ids), some departments only ours, people in any condition. */
export const states: fc.Arbitrary<State> = fc
  .record({
    departments: fc.uniqueArray(
      fc.record({
        deptId,
        own: fc.boolean(),
        parent: fc.integer({ min: 0, max: 11 }),
        name: fc.constantFrom('销售部', '旧部门'),
        order: fc.integer({ min: 0, max: 3 }),
        marked: fc.boolean(),
      }),
      { selector: entry => entry.deptId, maxLength: 10 },
    ),
    accounts: fc.uniqueArray(fc.tuple(userid, held, bound), { selector: ([id]) => id, maxLength: 10 }),
    unbound: fc.array(held, { maxLength: 3 }),
    decisions: fc.uniqueArray(fc.tuple(userid, unionid, fc.constantFrom('bind' as const, 'create' as const, 'ignore' as const), fc.nat(20)), {
      selector: ([id, union]) => id + union,
      maxLength: 4,
    }),
  })
  .map(({ departments, accounts, unbound, decisions }) => {
    const known = new Set(departments.map(entry => entry.deptId))
    const idOf = (id: number) => `dept-${id}`
    const memberships = new Map<string, Map<string, boolean>>()
    const person = (
      id: string,
      { standing, memberships: own, main, chosen, ...rest }: typeof held extends fc.Arbitrary<infer T> ? T : never,
    ): UnboundAccount => {
      if (own.length > 0)
        memberships.set(id, new Map(own.filter(([deptId]) => known.has(deptId)).map(([deptId, leader]) => [idOf(deptId), leader])))
      return {
        ...rest,
        id,
        avatar: null,
        hiredAt: null,
        managerId: null,
        status: standing === 'active' ? 'active' : 'disabled',
        disabledBy: standing === 'active' ? null : standing,
        disabledAt: standing === 'active' ? null : 0,
        mainDepartmentId: main !== null && known.has(main) ? idOf(main) : null,
        mainDepartmentChosen: chosen,
      }
    }
    const everybody = [...accounts.map(([id]) => `account-${id}`), ...unbound.map((_, index) => `free-${index}`)]
    return {
      departments: departments.map(entry => ({
        id: idOf(entry.deptId),
        deptId: entry.own && entry.deptId !== 1 ? null : entry.deptId,
        parentId: entry.parent < entry.deptId && known.has(entry.parent) ? idOf(entry.parent) : null,
        name: entry.name,
        order: entry.order,
        parentOutOfScope: entry.marked,
      })),
      accounts: accounts.map(([userid, rest, { missing, ...binding }]): HeldAccount => ({
        ...person(`account-${userid}`, rest),
        userid,
        ...binding,
        missingSince: null,
        missingRuns: 0,
        ...missing,
      })),
      unbound: unbound.map((rest, index) => person(`free-${index}`, rest)),
      memberships,
      decisions: decisions.map(([userid, unionid, action, index]): Decision => ({
        userid,
        unionid,
        action,
        accountId: action === 'bind' ? (everybody[index % (everybody.length || 1)] ?? null) : null,
        by: '管理员',
        at: 1,
      })),
    }
  })

const owner = fc.constantFrom('dingtalk' as const, 'crm' as const, 'fill' as const)

/** Whatever an administrator may set. */
export const settings: fc.Arbitrary<SyncSettings> = fc
  .record({
    fields: fc.record({ name: owner, avatar: owner, title: owner, mobile: owner, email: owner, jobNumber: owner, hiredAt: owner }),
    matchBy: fc.uniqueArray(fc.constantFrom('mobile' as const, 'email' as const, 'jobNumber' as const)),
    includeDepartments: fc.oneof({ weight: 3, arbitrary: fc.constant<number[]>([]) }, fc.uniqueArray(deptId, { maxLength: 3 })),
    excludeDepartments: fc.oneof({ weight: 3, arbitrary: fc.constant<number[]>([]) }, fc.uniqueArray(deptId, { maxLength: 2 })),
    inactiveMembers: fc.boolean(),
    directManager: fc.boolean(),
    defaultRole: fc.constantFrom('sales' as const, 'manager' as const, 'admin' as const),
    rolesByDepartment: fc.array(fc.record({ deptId, role: fc.constantFrom('sales' as const, 'admin' as const) }), { maxLength: 2 }),
    grace: fc.record({ unit: fc.constantFrom('runs' as const, 'days' as const), value: fc.integer({ min: 0, max: 2 }) }),
  })
  .map(chosen => ({ ...defaultSettings, ...chosen }))

const verdict = fc.constantFrom<Verdict>('gone', 'outOfScope', 'uncertain')

export const findings: fc.Arbitrary<Findings> = fc.record({
  people: fc.array(fc.tuple(userid, verdict)).map(entries => new Map(entries)),
  departments: fc.array(fc.tuple(deptId, verdict)).map(entries => new Map(entries)),
})
