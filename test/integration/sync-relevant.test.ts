import type { Database } from '../../server/db/index.ts'
import type { Plan } from '../../server/directory/sync/plan/index.ts'
import type { Snapshot } from '../../server/directory/sync/snapshot.ts'
import type { State, UnboundAccount } from '../../server/directory/sync/state.ts'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { guardPlan } from '../../server/directory/sync/guard.ts'
import { makePlan } from '../../server/directory/sync/plan/index.ts'
import { loadRelevant } from '../../server/directory/sync/relevant/index.ts'
import { hashState } from '../../server/directory/sync/runs/state-hash.ts'
import { defaultSettings } from '../../server/directory/sync/settings/index.ts'
import { loadState } from '../../server/directory/sync/state.ts'
import { engines } from '../support/engines.ts'
import fc from '../support/properties.ts'
import { applyInMemory } from '../unit/directory/apply-in-memory.ts'
import { findings, settings, snapshots, states } from '../unit/directory/companies.ts'

const now = 1e8

function plan(snapshot: Snapshot, state: State, rest: Pick<Situation, 'found' | 'chosen'>): Plan {
  let next = 0
  return makePlan(snapshot, state, rest.found, { settings: rest.chosen, now, newId: () => `new-${next++}` })
}

const nobody: State = { departments: [], accounts: [], unbound: [], memberships: new Map(), decisions: [] }

/** With everybody in departments that are shown, and nobody sharing a unionid, as nearly all are in life. */
function tidy({ departments, members, ...rest }: Snapshot): Snapshot {
  const shown = new Set([1, ...departments.map(({ deptId }) => deptId)])
  return {
    ...rest,
    departments: departments.some(({ deptId }) => deptId === 1) ? departments : [{ deptId: 1, name: '公司', parentId: undefined, order: 0 }, ...departments],
    members: members.map(member => ({ ...member, unionid: `union-${member.userid}`, activated: true, deptIds: member.deptIds.some(id => shown.has(id)) ? member.deptIds : [1] })),
  }
}

/** A company that followed one snapshot, and what DingTalk says next: mostly the same. */
const situations = fc
  .record({
    first: fc.oneof(snapshots, { weight: 3, arbitrary: snapshots.map(tidy) }),
    then: snapshots,
    same: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 12, maxLength: 12 }),
    before: fc.oneof(states, { weight: 2, arbitrary: fc.constant(nobody) }),
    found: findings,
    chosen: settings,
  })
  .map(({ first, then, same, before, found, chosen }) => {
    const members = [...first.members.filter((_, index) => same[index] !== 0), ...then.members.filter((_, index) => same[index] === 0)]
    const followed = plan({ ...first, partial: false }, before, { found: { people: new Map(), departments: new Map() }, chosen })
    // Nobody appears twice: a snapshot has one entry per userid.
    const once = [...new Map(members.map(member => [member.userid, member])).values()]
    return { state: applyInMemory(before, followed), snapshot: { ...first, partial: then.partial ?? false, members: once }, found, chosen }
  })
type Situation = typeof situations extends fc.Arbitrary<infer T> ? T : never

/** The database's ids for those of a made-up company. */
function uuid(id: string | null): string | null {
  const hex = createHash('md5').update(id ?? '').digest('hex')
  return id === null ? null : hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Two plans are the same when they say the same of everybody, in whatever order. */
function sorted(plan: Plan): unknown {
  const text = (value: unknown): string => JSON.stringify(value, (_, inner: unknown) => (inner instanceof Map ? [...inner] : inner))
  return JSON.parse(text(plan), (_, value: unknown) => (Array.isArray(value) ? value.toSorted((a, b) => (text(a) < text(b) ? -1 : 1)) : value))
}

describe.each(engines)('what a plan needs to know, on $engine', ({ open }) => {
  let database: Database

  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  async function hold({ departments, accounts, unbound, memberships, decisions }: State): Promise<void> {
    const { db } = database
    for (const table of [tables.syncConflict, tables.account, tables.department, tables.setting]) await db.delete(table)
    const date = (ms: number | null) => (ms === null ? null : new Date(ms))
    const put = async (table: Parameters<typeof db.insert>[0], rows: object[]) => void (rows.length > 0 && (await db.insert(table).values(rows as never)))
    const accountRow = ({ id, role, hiredAt, managerId, disabledAt, mainDepartmentId, lastLoginAt, ...rest }: UnboundAccount) => ({
      ...rest,
      id: uuid(id),
      role: role === 'admin' ? role : 'member',
      hiredAt: date(hiredAt),
      managerId: uuid(managerId),
      disabledAt: date(disabledAt),
      mainDepartmentId: uuid(mainDepartmentId),
      lastLoginAt: date(lastLoginAt),
    })
    await put(tables.department, departments.map(({ id, deptId, parentId, order, ...rest }) => ({ ...rest, id: uuid(id), dingtalkId: deptId, parentId: uuid(parentId), sortOrder: order })))
    await put(tables.account, [...accounts.map(({ userid: _, unionid: __, state: ___, activated: ____, missingRuns: _____, missingSince: ______, ...own }) => own), ...unbound].map(accountRow))
    await put(tables.binding, accounts.map(({ id, userid, unionid, state, activated, missingSince, missingRuns }) => ({ accountId: uuid(id), userid, unionid, state, activated, missingSince: date(missingSince), missingRuns, source: 'sync' })))
    await put(tables.accountDepartment, [...memberships].flatMap(([id, own]) => [...own].map(([departmentId, leader]) => ({ accountId: uuid(id), departmentId: uuid(departmentId), leader }))))
    // Every other one without a binding sees everybody's records, by a role of their own.
    await put(tables.setting, [{ key: 'roles', value: { manager: { scope: 'all', abilities: [] } } }])
    await put(tables.accountRole, unbound.filter((_, index) => index % 2 === 1).map(({ id }) => ({ accountId: uuid(id), role: 'manager' })))
    await put(tables.syncConflict, decisions.map(({ userid, unionid, action, accountId, by, at }) => ({ userid, unionid, kind: 'taken', member: {}, candidates: {}, action, accountId: uuid(accountId), resolvedBy: by, resolvedAt: date(at) })))
  }

  it('leads to the same plan and the same guard as knowing everything', { timeout: 120_000 }, async () => {
    const unchanged: number[] = []
    await fc.assert(
      fc.asyncProperty(situations, async ({ state, snapshot, found, chosen }) => {
        await hold(state)
        const all = await loadState(database.db)
        const needed = await database.db.transaction(tx => loadRelevant(tx, { snapshot, findings: found }, chosen))
        const [expected, made] = [plan(snapshot, all, { found, chosen }), plan(snapshot, needed, { found, chosen })]
        expect(sorted(made)).toEqual(sorted(expected))
        const limits = { disableCount: 0, disablePercent: 0, removeDepartmentsPercent: 0 }
        expect(guardPlan(made, needed, limits)).toEqual(guardPlan(expected, all, limits))
        unchanged.push(needed.unchanged?.size ?? 0)
      }),
      { numRuns: 100 },
    )
    // Otherwise the above would say nothing.
    expect(unchanged.filter(number => number > 0).length).toBeGreaterThan(5)
  })

  it('finds an account whose number, address or job number is written differently', async () => {
    const written = [
      { mobile: '+86 138-0000 0001', email: ' A@Example.com ', jobNumber: '\u30007 ' },
      { mobile: '0013800000001', email: 'ä@example.com', jobNumber: '8' },
      { mobile: '１３８００００００02', email: '\u212A@example.com', jobNumber: ' 9' },
    ]
    for (const [index, values] of written.entries()) {
      await hold({ departments: [], accounts: [], unbound: [person(`free-${index}`, values)], memberships: new Map(), decisions: [] })
      for (const [by, told] of [['mobile', ['13800000001', '+13800000001', '13800000002'][index]], ['email', ['a@example.com', 'Ä@example.com', 'k@example.com'][index]], ['jobNumber', ['7', '8', '9'][index]]] as const) {
        const member = { userid: 'a', unionid: undefined, name: '甲', avatar: undefined, title: undefined, mobile: undefined, email: undefined, jobNumber: undefined, hiredAt: undefined, activated: true, deptIds: [], leaderIn: [], [by]: told }
        const snapshot: Snapshot = { wholeCompany: true, departments: [], members: [member] }
        const chosen = { ...defaultSettings, matchBy: [by] }
        const found = { people: new Map(), departments: new Map() }
        const needed = await database.db.transaction(tx => loadRelevant(tx, { snapshot, findings: found }, chosen))
        expect([by, index, plan(snapshot, needed, { found, chosen }).bindings.create.length]).toEqual([by, index, 1])
      }
    }
  })

  it('has a digest that follows every edit but a login', async () => {
    await hold({ departments: [], accounts: [], unbound: [person('free-1', {})], memberships: new Map(), decisions: [] })
    const before = await hashState(database.db)
    await database.db.update(tables.account).set({ lastLoginAt: new Date() })
    expect(await hashState(database.db)).toBe(before)
    await database.db.update(tables.account).set({ title: '' })
    const titled = await hashState(database.db)
    expect(titled).not.toBe(before)
    await database.db.insert(tables.department).values({ name: '部门' })
    expect(await hashState(database.db)).not.toBe(titled)
  })
})

function person(id: string, values: Partial<UnboundAccount>): UnboundAccount {
  return {
    id,
    name: '甲',
    avatar: null,
    title: null,
    mobile: null,
    email: null,
    jobNumber: null,
    hiredAt: null,
    managerId: null,
    role: 'member',
    status: 'active',
    disabledBy: null,
    disabledAt: null,
    mainDepartmentId: null,
    mainDepartmentChosen: false,
    lastLoginAt: null,
    ...values,
  }
}
