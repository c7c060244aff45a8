import type { Database } from '../../server/db/index.ts'
import type { Conflict, Plan } from '../../server/directory/sync/plan/index.ts'
import type { Snapshot, SnapshotMember } from '../../server/directory/sync/snapshot.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { createConflicts } from '../../server/directory/sync/conflicts/index.ts'
import { makePlan } from '../../server/directory/sync/plan/index.ts'
import { hashState } from '../../server/directory/sync/runs/state-hash.ts'
import { defaultSettings } from '../../server/directory/sync/settings/index.ts'
import { loadState } from '../../server/directory/sync/state.ts'
import { engines } from '../support/engines.ts'

const by = { name: '王管理', ip: '127.0.0.1' }
function member(userid: string, rest: Partial<SnapshotMember> = {}): SnapshotMember {
  return {
    userid,
    unionid: `union-${userid}`,
    name: userid,
    avatar: undefined,
    title: undefined,
    mobile: undefined,
    email: undefined,
    jobNumber: undefined,
    hiredAt: undefined,
    activated: true,
    deptIds: [1],
    leaderIn: [],
    ...rest,
  }
}

describe.each(engines)('the conflict queue on $engine', ({ open }) => {
  let database: Database
  const queue = () => createConflicts(database)
  const list = async (status: 'open' | 'resolved' = 'open', q?: string) => (await queue().list({ status, limit: 100, ...(q !== undefined && { q }) }, 'en-US')).conflicts

  beforeAll(async () => {
    database = await open()
  })
  beforeEach(async () => {
    for (const table of [tables.syncConflict, tables.account, tables.department, tables.auditLog, tables.setting]) await database.db.delete(table)
    await database.db.insert(tables.department).values({ dingtalkId: 1, name: '公司' })
  })
  afterAll(() => database.close())

  async function account(name: string, values: Partial<typeof tables.account.$inferInsert> = {}): Promise<string> {
    const [made] = await database.db
      .insert(tables.account)
      .values({ name, ...values })
      .returning({ id: tables.account.id })
    return made!.id
  }

  /** Plans for these members with what the database holds, and keeps the conflicts found. */
  async function plan(members: SnapshotMember[], partial = false): Promise<Plan> {
    const snapshot: Snapshot = { wholeCompany: true, departments: [{ deptId: 1, name: '公司', parentId: undefined, order: 0 }], members, partial }
    const made = makePlan(
      snapshot,
      await loadState(database.db),
      { people: new Map(), departments: new Map() },
      { settings: defaultSettings, now: Date.now() },
    )
    await database.db.transaction(tx => queue().record(tx, made.conflicts, { partial }))
    return made
  }

  it('shows both sides and the reason, is found by name, and empties itself when the cause is gone', async () => {
    const boss = await account('老板', { role: 'admin', mobile: '13800000001' })
    await plan([member('zhang', { name: '张三', mobile: '+86 138 0000 0001' })])
    expect(await list()).toMatchObject([
      {
        kind: 'privileged',
        reason: 'The match is an administrator\'s account; somebody has to confirm it',
        status: 'open',
        member: { userid: 'zhang', name: '张三', mobile: '+86 138 0000 0001', departments: ['公司'] },
        candidates: [{ id: boss, name: '老板', role: 'admin', boundTo: null }],
      },
    ])
    expect(await list('open', '张')).toHaveLength(1)
    expect(await list('open', '李')).toEqual([])
    const [first] = await list()
    await plan([member('zhang', { name: '张三丰', mobile: '13800000001' })])
    expect(await list()).toMatchObject([{ id: first!.id, since: first!.since, member: { name: '张三丰' } }])
    await plan([member('li')], true)
    expect(await list()).toHaveLength(1)
    await plan([member('zhang', { mobile: '13900000000' })])
    expect(await list()).toEqual([])
  })

  it.each([
    ['their own role', 'manager', async (id: string): Promise<void> => {
      await database.db.insert(tables.accountRole).values({ accountId: id, role: 'manager' })
    }],
    ['the role of a department above theirs', 'manager', async (id: string): Promise<void> => {
      const { db } = database
      const [root] = await db.select().from(tables.department)
      const [team] = await db.insert(tables.department).values({ name: '小组', parentId: root!.id }).returning()
      await db.insert(tables.accountDepartment).values({ accountId: id, departmentId: team!.id })
      await db.insert(tables.departmentRole).values({ departmentId: root!.id, role: 'manager' })
    }],
    ['having no role at all', 'sales', async (): Promise<void> => {}],
  ] as const)('asks before somebody gets an account that sees everybody\'s records by %s, and plans afresh once it does not', async (_, role, give) => {
    const { db } = database
    const zhang = member('zhang', { mobile: '13800000001' })
    const free = await account('张三', { mobile: '13800000001' })
    await give(free)
    const narrow = await hashState(db)
    expect((await plan([zhang])).bindings.create).toHaveLength(1)
    const value = { [role]: { scope: 'all', abilities: [] } }
    await db.insert(tables.setting).values({ key: 'roles', value })
    expect(await hashState(db)).not.toBe(narrow)
    expect((await plan([zhang])).bindings.create).toEqual([])
    expect(await list()).toMatchObject([{ kind: 'privileged', reason: expect.stringContaining('sees everybody\'s records'), candidates: [{ id: free }] }])
    await db.delete(tables.setting)
    expect((await plan([zhang])).bindings.create).toHaveLength(1)
    if (role === 'sales') {
      // Whoever has another role does not have the one of those without any.
      await db.insert(tables.setting).values({ key: 'roles', value })
      await db.insert(tables.accountRole).values({ accountId: free, role: 'manager' })
      expect((await plan([zhang])).bindings.create).toHaveLength(1)
    }
  })

  it.each([
    ['bind', { bindings: 1, created: 0 }],
    ['create', { bindings: 0, created: 1 }],
    ['ignore', { bindings: 0, created: 0 }],
  ] as const)('remembers "%s" for later plans, with an audit, and deciding the same again is no error', async (action, expected) => {
    const boss = await account('老板', { role: 'admin', mobile: '13800000001' })
    const zhang = member('zhang', { mobile: '13800000001' })
    await plan([zhang])
    const [found] = await list()
    const decision = action === 'bind' ? { action, accountId: boss } : { action }
    const resolved = await queue().resolve(found!.id, decision, by, 'zh-CN')
    expect(resolved).toMatchObject({ status: 'resolved', resolution: { action, by: '王管理', account: action === 'bind' ? '老板' : null } })
    expect(await queue().resolve(found!.id, decision, by, 'zh-CN')).toEqual(resolved)
    expect(await database.db.select().from(tables.auditLog)).toMatchObject([
      { actor: '王管理', action: 'sync.conflict.resolve', detail: { userid: 'zhang', action } },
    ])
    const other = action === 'ignore' ? { action: 'create' as const } : { action: 'ignore' as const }
    await expect(queue().resolve(found!.id, other, by, 'zh-CN')).rejects.toMatchObject({ code: 'conflict_resolved' })

    for (let run = 0; run < 2; run++) {
      const { bindings, accounts, conflicts } = await plan([zhang])
      expect({ bindings: bindings.create.length, created: accounts.create.length, conflicts }).toEqual({ ...expected, conflicts: [] })
    }
    expect(await list()).toEqual([])
    expect(await list('resolved')).toHaveLength(1)
    // The decision was about this person, not about whoever gets the userid next.
    expect((await plan([{ ...zhang, unionid: 'somebody-else' }])).conflicts).toMatchObject([{ kind: 'privileged' }])
  })

  it('offers somebody their own account under an old userid, and nobody an account that became part of another', async () => {
    const kept = await account('张三', { mobile: '13800000001' })
    const merged = await account('张三（旧）', { mobile: '13800000001', status: 'disabled' })
    const zhang = member('zhang', { mobile: '13800000001' })
    await plan([zhang])
    expect(await list()).toMatchObject([{ kind: 'ambiguous', candidates: [{ bindable: true }, { bindable: true }] }])
    await database.db.update(tables.account).set({ mergedIntoId: kept }).where(eq(tables.account.id, merged))
    const [asked] = await list()
    expect(asked!.candidates.map(({ id, bindable }) => [id, bindable]).sort()).toEqual([[kept, true], [merged, false]].sort())
    await expect(queue().resolve(asked!.id, { action: 'bind', accountId: merged }, by, 'zh-CN')).rejects.toMatchObject({ code: 'account_merged' })
    expect((await plan([zhang])).bindings.create).toMatchObject([{ accountId: kept }])

    const other = await account('李四')
    await database.db.insert(tables.binding).values([{ userid: 'old', unionid: 'union-new', accountId: kept, source: 'sync' }, { userid: 'new', unionid: 'union-li', accountId: other, source: 'sync' }])
    await plan([member('old', { unionid: 'somebody' }), member('new')])
    const waiting = (await list()).find(({ member: { userid } }) => userid === 'new')!
    expect(waiting.candidates.map(({ id, bindable }) => [id, bindable])).toEqual(expect.arrayContaining([[kept, true]]))
  })

  it('opens the question again when the account was disabled, or is gone, since', async () => {
    const free = await account('小张', { role: 'admin', mobile: '13800000001' })
    const zhang = member('zhang', { mobile: '13800000001' })
    await plan([zhang])
    const [found] = await list()
    await queue().resolve(found!.id, { action: 'bind', accountId: free }, by, 'zh-CN')
    await database.db
      .update(tables.account)
      .set({ status: 'disabled', disabledBy: 'admin', disabledAt: new Date(Date.now() + 1000) })
      .where(eq(tables.account.id, free))
    expect(await plan([zhang])).toMatchObject({ bindings: { create: [] }, conflicts: [{ kind: 'privileged' }] })
    expect(await list()).toMatchObject([{ id: found!.id, reason: expect.stringContaining('disabled') as string }])
    await queue().resolve(found!.id, { action: 'bind', accountId: free }, by, 'zh-CN')
    await database.db.delete(tables.account).where(eq(tables.account.id, free))
    expect(await plan([zhang])).toMatchObject({ bindings: { create: [] }, accounts: { create: [{ userid: 'zhang' }] } })
  })

  it('lets a decision be taken back, with an audit: later plans ask again, and do not follow it any more', async () => {
    const boss = await account('老板', { role: 'admin', mobile: '13800000001' })
    const zhang = member('zhang', { mobile: '13800000001' })
    await plan([zhang])
    const [found] = await list()
    await queue().resolve(found!.id, { action: 'bind', accountId: boss }, by, 'zh-CN')
    expect((await plan([zhang])).bindings.create).toHaveLength(1)
    const reopened = await queue().reopen(found!.id, by, 'zh-CN')
    expect(reopened).toMatchObject({ id: found!.id, status: 'open', resolution: null, boundAs: null })
    expect(await queue().reopen(found!.id, by, 'zh-CN')).toEqual(reopened)
    expect(await list('resolved')).toEqual([])
    expect(await plan([zhang])).toMatchObject({ bindings: { create: [] }, conflicts: [{ kind: 'privileged' }] })
    expect((await database.db.select().from(tables.auditLog)).filter(({ action }) => action === 'sync.conflict.reopen')).toMatchObject([
      { actor: '王管理', targetName: 'zhang', detail: { decision: 'bind', decidedBy: '王管理' } },
    ])
    // Nobody else is kept from that account by a promise that was taken back; and where it was kept, the card says so.
    await queue().resolve(found!.id, { action: 'bind', accountId: boss }, by, 'zh-CN')
    await database.db.insert(tables.binding).values({ accountId: boss, userid: 'zhang', unionid: 'union-zhang', source: 'admin' })
    expect(await list('resolved')).toMatchObject([{ boundAs: { id: boss, name: '老板' } }])
    await expect(queue().reopen('00000000-0000-4000-8000-000000000000', by, 'zh-CN')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('keeps a decision taken while a plan without it was being made', async () => {
    await account('老板', { role: 'admin', mobile: '13800000001' })
    const zhang = member('zhang', { mobile: '13800000001' })
    const { conflicts } = await plan([zhang])
    const [found] = await list()
    await queue().resolve(found!.id, { action: 'ignore' }, by, 'zh-CN')
    await database.db.transaction(tx => queue().record(tx, conflicts, { partial: false }))
    expect(await list('resolved')).toHaveLength(1)
    expect(await list()).toEqual([])
  })

  it('does not give one account to two members', async () => {
    const bound = await account('已绑定', { mobile: '13800000001' })
    await database.db.insert(tables.binding).values({ userid: 'wang', unionid: 'union-wang', accountId: bound, source: 'sync' })
    const free = await account('空闲', { role: 'admin', email: 'a@example.com', mobile: '13800000002' })
    await plan([member('wang', { mobile: '13800000001' }), member('a', { mobile: '13800000002' }), member('b', { mobile: '13800000002' })])
    const [a, b] = await list()
    expect([a, b].map(entry => entry!.kind)).toEqual(['ambiguous', 'ambiguous'])
    await expect(queue().resolve(a!.id, { action: 'bind', accountId: bound }, by, 'zh-CN')).rejects.toMatchObject({ code: 'account_bound' })
    await queue().resolve(a!.id, { action: 'bind', accountId: free }, by, 'zh-CN')
    await expect(queue().resolve(b!.id, { action: 'bind', accountId: free }, by, 'zh-CN')).rejects.toMatchObject({ code: 'account_bound' })
    await expect(queue().resolve(b!.id, { action: 'bind', accountId: crypto.randomUUID() }, by, 'zh-CN')).rejects.toMatchObject({ code: 'not_found' })
    await expect(queue().resolve(crypto.randomUUID(), { action: 'ignore' }, by, 'zh-CN')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('takes thousands of conflicts at once', async () => {
    const many = Array.from({ length: 3000 }, (_, index): Conflict => ({
      kind: 'ambiguous',
      member: member(`u${index}`),
      candidates: [],
      reason: { key: 'not_unique', values: { by: 'jobNumber' } },
    }))
    await database.db.transaction(tx => queue().record(tx, many, { partial: false }))
    expect(await database.db.$count(tables.syncConflict)).toBe(3000)
    expect(await list('open', 'u2999')).toMatchObject([
      { member: { userid: 'u2999' }, reason: 'The job number is not unique, so nobody can be told by it' },
    ])
  })
})
