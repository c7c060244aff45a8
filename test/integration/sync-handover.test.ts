import type { SyncCompany } from '../support/sync-company.ts'
import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { createHandover } from '../../server/directory/index.ts'
import { engines } from '../support/engines.ts'
import { syncCompany } from '../support/sync-company.ts'

describe.each(engines)('records of leavers on $engine', ({ open }) => {
  let company: SyncCompany
  beforeAll(async () => {
    company = await syncCompany(open)
  })
  beforeEach(() => company.reset())
  afterAll(() => company.close())

  const id = async (userid: string) => (await company.accountOf(userid))!.id

  async function own(userid: string, ...names: string[]): Promise<string[]> {
    const ownerId = await id(userid)
    const rows = await company.db
      .insert(tables.customer)
      .values(names.map(name => ({ name, status: 'potential' as const, level: 'A' as const, source: 'visit' as const, ownerId, createdById: ownerId })))
      .returning({ id: tables.customer.id })
    return rows.map(row => row.id)
  }

  const ownersOf = async (ids: string[]) => new Set((await company.db.select().from(tables.customer).where(inArray(tables.customer.id, ids))).map(({ ownerId }) => ownerId))

  /** Everything, evenly, what belongs together together. */
  const all = { numbers: {}, chosen: [], together: true }

  /** A company in which two people leave, one of them under a leader who stays. */
  async function leaving() {
    const { run, mutate, db, deptId } = company
    await run()
    const records = { lisi: await own('lisi', '甲', '乙'), wujiu: await own('wujiu', '丙') }
    const dept = (await db.select().from(tables.department).where(eq(tables.department.dingtalkId, deptId('财务部'))))[0]!
    const [leaver, leader] = [await id('wujiu'), await id('zhaoliu')]
    await db.update(tables.account).set({ mainDepartmentId: dept.id }).where(eq(tables.account.id, leaver))
    await db.insert(tables.accountDepartment).values([{ accountId: leaver, departmentId: dept.id }, { accountId: leader, departmentId: dept.id, leader: true }]).onConflictDoUpdate({ target: [tables.accountDepartment.accountId, tables.accountDepartment.departmentId], set: { leader: true } })
    mutate({ op: 'removeMember', userid: 'wujiu' }, { op: 'removeMember', userid: 'lisi' })
    return { records, leader }
  }

  it('are listed in the plan with who could take them, and go where the approval says', async () => {
    const { run, apply, changes, changesOf, undo, dump, db, told } = company
    const { records } = await leaving()
    const before = await dump()
    const preview = await run('preview')
    const listed = await changes.leavers(preview.id, { limit: 1 })
    expect(listed).toMatchObject({ total: 2, records: { customers: 3 } })
    const rest = await changes.leavers(preview.id, { limit: 10, cursor: listed.nextCursor! })
    const all = [...listed.items, ...rest.items]
    expect(all.map(({ account, records }) => [account.name, records.customers]).sort()).toEqual([['吴九', 1], ['李四', 2]].sort())
    const named = all.find(({ account }) => account.name === '吴九')!.leader!
    expect(named).toBeTruthy()

    const colleague = await id('sunqi')
    const applied = await apply(preview.id, undefined, { all: 'leader', each: { [await id('lisi')]: colleague } })
    expect(applied).toMatchObject({ status: 'succeeded', counts: { accountsDisabled: 2, recordsHandedOver: 3 } })
    expect(await ownersOf(records.lisi)).toEqual(new Set([colleague]))
    expect(await ownersOf(records.wujiu)).toEqual(new Set([named.id]))
    expect((await changesOf(applied.id)).filter(({ kind }) => kind === 'records.handover').map(({ target, after, records }) => [target.name, after?.owner, records]).sort()).toEqual([
      ['吴九', named.name, { customers: 1 }],
      ['李四', '孙七', { customers: 2 }],
    ].sort())

    const [lisi, wujiu] = [await id('lisi'), await id('wujiu')]
    const transfers = () => told.splice(0).map(({ type, actor, record, parties }) => [type, actor?.name, record.name, parties]).sort()
    const transfer = (name: string, owner: string, formerOwner: string) => ['record.transferred', 'tester', name, { owner, formerOwner }]
    expect(transfers()).toEqual([transfer('甲', colleague, lisi), transfer('乙', colleague, lisi), transfer('丙', named.id, wujiu)].sort())

    const undone = await undo(applied.id)
    expect(transfers()).toEqual([transfer('甲', lisi, colleague), transfer('乙', lisi, colleague), transfer('丙', wujiu, named.id)].sort())
    expect(undone.counts).toMatchObject({ recordsReturned: 3, accountsReenabled: 2, refused: 0 })
    expect(await dump()).toEqual(before)
    expect(await db.$count(tables.handover, eq(tables.handover.takenBackBy, 'tester'))).toBe(2)
  })

  it('stay where somebody has moved them by hand since, and say so', async () => {
    const { run, apply, undo, changesOf, db } = company
    const { records } = await leaving()
    const applied = await apply((await run('preview')).id, undefined, { all: await id('sunqi'), each: {} })
    const [moved, kept] = records.lisi
    await db.update(tables.customer).set({ ownerId: await id('zhaoliu') }).where(eq(tables.customer.id, moved!))
    const undone = await undo(applied.id)
    expect(undone.counts).toMatchObject({ recordsReturned: 2, refused: 1 })
    expect(await ownersOf([moved!])).toEqual(new Set([await id('zhaoliu')]))
    expect(await ownersOf([kept!])).toEqual(new Set([await id('lisi')]))
    expect((await changesOf(undone.id)).find(({ status }) => status === 'refused')).toMatchObject({ kind: 'records.handover', records: { customers: 1 }, reason: expect.stringContaining('another owner') as string })
  })

  it('stay by default, and without an active leader; a colleague has to be there', async () => {
    const { run, apply, changesOf, db, settings } = company
    const { records } = await leaving()
    const preview = await run('preview')
    await expect(apply(preview.id, undefined, { all: '00000000-0000-4000-8000-000000000000', each: {} })).rejects.toMatchObject({ code: 'owner_unknown' })
    expect((await apply(preview.id)).counts!.recordsHandedOver).toBeUndefined()
    expect(await ownersOf(records.lisi)).toEqual(new Set([await id('lisi')]))

    // Automatic runs follow the settings; where nobody leads, the records stay and the run says why.
    const [orphan] = await own('sunqi', '丁')
    await db.update(tables.accountDepartment).set({ leader: false })
    settings.leaverRecords = 'leader'
    company.mutate({ op: 'removeMember', userid: 'sunqi' })
    const automatic = await run()
    expect(automatic).toMatchObject({ status: 'succeeded', counts: { accountsDisabled: 1 } })
    expect(await ownersOf([orphan!])).toEqual(new Set([await id('sunqi')]))
    expect((await changesOf(automatic.id)).filter(({ kind }) => kind === 'records.handover')).toMatchObject([{ status: 'refused', target: { name: '孙七' } }])
  })

  it('can be handed over without a sync, by kind, and taken back once', async () => {
    const { run, db, by, told, ownedRecords } = company
    await run()
    const records = await own('lisi', '甲', '乙')
    const [from, to] = [await id('lisi'), await id('sunqi')]
    const handover = createHandover({ db, ownedRecords })
    expect(await handover.preview(from)).toMatchObject({ account: { id: from }, records: { customers: 2 }, latest: [] })
    expect(await handover.execute(from, { ...all, to: [to], kinds: ['leads'] }, by)).toEqual([])
    const [made] = await handover.execute(from, { ...all, to: [to] }, by)
    expect(made).toMatchObject({ to: { id: to }, records: { customers: 2 }, by: 'tester', takenBackAt: null })
    expect(await ownersOf(records)).toEqual(new Set([to]))
    expect(told.map(({ parties }) => parties)).toEqual([{ owner: to, formerOwner: from }, { owner: to, formerOwner: from }])
    expect(new Set(told.map(({ key }) => key)).size).toBe(2)
    expect((await handover.preview(from)).latest[0]).toMatchObject({ id: made!.id })
    expect(await handover.undo(made!.id, by)).toEqual({ returned: { customers: 2 }, left: {} })
    expect(await ownersOf(records)).toEqual(new Set([from]))
    await expect(handover.undo(made!.id, by)).rejects.toMatchObject({ code: 'handover_undone' })
    await expect(handover.execute(from, { ...all, to: [from] }, by)).rejects.toMatchObject({ code: 'owner_unknown' })
    // What was deleted since comes back with the rest, and is told to nobody; a contact is told once its customer stays.
    const [kept, gone] = records as [string, string]
    const contact = async (customerId: string, name: string) => (await db.insert(tables.contact).values({ name, customerId, ownerId: from, createdById: from }).returning())[0]!
    const [alone] = [await contact(kept, '陈芳'), await contact(gone, '刘伟')]
    told.length = 0
    const [again] = await handover.execute(from, { ...all, to: [to] }, by)
    expect(told.map(({ record }) => record.name).sort()).toEqual(['甲', '乙'].sort())
    await db.update(tables.customer).set({ deletedAt: new Date() }).where(eq(tables.customer.id, gone))
    await db.update(tables.contact).set({ deletedAt: new Date() }).where(eq(tables.contact.customerId, gone))
    await db.update(tables.customer).set({ ownerId: await id('zhaoliu') }).where(eq(tables.customer.id, kept))
    told.length = 0
    expect(await handover.undo(again!.id, by)).toEqual({ returned: { customers: 1, contacts: 2 }, left: { customers: 1 } })
    expect(told.map(({ record, parties }) => [record.id, parties])).toEqual([[alone!.id, { owner: from, formerOwner: to }]])
    const entries = await db.select().from(tables.auditLog)
    expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['records.hand_over', 'records.hand_over_undo']))
    // By name: an id says nothing to whoever reads it.
    expect(entries.find(({ action }) => action === 'records.hand_over')).toMatchObject({ targetType: 'account', targetName: expect.any(String), detail: { from: expect.stringMatching(/^\P{ASCII}/u), to: expect.stringMatching(/^\P{ASCII}/u) } })
  })

  it('can be divided over several, as the preview showed it, and taken back from one of them', async () => {
    const { run, db, by, told, ownedRecords } = company
    await run()
    const records = await own('lisi', '甲', '乙', '丙', '丁', '戊')
    const [from, one, other] = [await id('lisi'), await id('sunqi'), await id('wujiu')]
    const ownerOf = async () => Object.fromEntries((await db.select().from(tables.customer).where(inArray(tables.customer.id, records))).map(({ name, ownerId }) => [name, ownerId]))
    await db.insert(tables.contact).values([{ name: '甲的联系人', customerId: records[0]!, ownerId: from, createdById: from }])
    const handover = createHandover({ db, ownedRecords })
    const page = { limit: 50 }

    const chosen = [{ kind: 'customers' as const, id: records[0]!, to: other }, { kind: 'customers' as const, id: records[1]!, to: null }]
    const order = { ...all, to: [one, other], numbers: { customers: [2, 1] }, chosen }
    const preview = await handover.division(from, { ...order, ...page })
    expect(preview).toMatchObject({ shares: [{ customers: 2 }, { customers: 2, contacts: 1 }], stays: { customers: 1 }, total: 6 })
    expect(preview.items.find(({ kind }) => kind === 'contacts')).toMatchObject({ to: other, how: 'together', with: '甲' })
    expect((await handover.division(from, { ...order, limit: 1, whom: other, kind: 'customers' })).items).toHaveLength(1)
    expect((await handover.division(from, { ...order, ...page, q: '乙' })).items).toMatchObject([{ name: '乙', to: null, how: 'chosen' }])

    await expect(handover.execute(from, { ...order, to: [one], seen: preview.seen }, by)).rejects.toMatchObject({ code: 'owner_unknown' })
    const [late] = await own('lisi', '新')
    await expect(handover.execute(from, { ...order, seen: preview.seen }, by)).rejects.toMatchObject({ code: 'handover_outdated' })
    await db.delete(tables.customer).where(eq(tables.customer.id, late!))

    const made = await handover.execute(from, { ...order, seen: preview.seen }, by)
    expect(made.map(({ to, records }) => [to.id, records])).toEqual(expect.arrayContaining([[one, { customers: 2 }], [other, { customers: 2, contacts: 1 }]]))
    const expected = Object.fromEntries(preview.items.filter(({ kind }) => kind === 'customers').map(({ name, to }) => [name, to ?? from]))
    expect(await ownerOf()).toEqual(expected)
    // Each receiver hears of what is theirs; a contact is told as part of its customer.
    expect(told.map(({ record, parties }) => [record.name, parties.owner]).sort()).toEqual(Object.entries(expected).filter(([, owner]) => owner !== from).sort())

    expect(await handover.undo(made.find(({ to }) => to.id === other)!.id, by)).toEqual({ returned: { customers: 2, contacts: 1 }, left: {} })
    expect(Object.values(await ownerOf()).filter(owner => owner === one)).toHaveLength(2)
    expect((await db.select().from(tables.auditLog)).filter(({ action }) => action === 'records.hand_over')).toHaveLength(2)
  })

  it('of a leaver can be shared evenly among several while the plan is approved', async () => {
    const { run, apply, undo, changesOf } = company
    const { records } = await leaving()
    const [one, other] = [await id('sunqi'), await id('zhaoliu')]
    const applied = await apply((await run('preview')).id, undefined, { all: 'keep', each: { [await id('lisi')]: [one, other] } })
    expect(applied).toMatchObject({ status: 'succeeded', counts: { recordsHandedOver: 2 } })
    expect(await ownersOf(records.lisi)).toEqual(new Set([one, other]))
    expect((await changesOf(applied.id)).filter(({ kind }) => kind === 'records.handover').map(({ records }) => records)).toEqual([{ customers: 1 }, { customers: 1 }])
    await undo(applied.id)
    expect(await ownersOf(records.lisi)).toEqual(new Set([await id('lisi')]))
  })
})
