import type { ImportJob } from '#contract/crm/files.ts'
import type { CrmGateway } from '../../server/crm/index.ts'
import type { CrmCompany } from '../support/crm.ts'
import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmbeddedCrm } from '../../server/crm/index.ts'
import { tables } from '../../server/db/index.ts'
import { createDirectory } from '../../server/directory/index.ts'
import { crmCompany } from '../support/crm.ts'
import { freshEmbedded, freshServer, serverReachable } from '../support/database.ts'
import { until } from '../support/until.ts'

type Cells = Array<Array<string | number | null>>

const sheet = (rows: Cells, rest: object = {}) => writeXlsx({ sheets: [{ name: '客户', rows, ...rest }] }) as Promise<Uint8Array<ArrayBuffer>>

/** Imports of one company, each step to its end. */
function imports(company: CrmCompany) {
  const { crm } = company
  type Person = CrmCompany['people']['seller']
  const settled = (actor: Person, id: string) =>
    until(async () => {
      const job = await crm.importJob(actor, { params: { id } })
      return job.status === 'checking' || job.status === 'importing' ? undefined : job
    }, 110_000)
  return {
    settled,
    async check(actor: Person, bytes: Uint8Array<ArrayBuffer>, kind: 'customers' | 'contacts' | 'leads' = 'customers'): Promise<ImportJob> {
      const { id } = await crm.checkImport(actor, { params: { kind }, query: { fileName: 'a.xlsx' }, body: bytes })
      return settled(actor, id)
    },
    async apply(actor: Person, id: string, body: { duplicates: 'skip' | 'update', onlyValid: boolean }): Promise<ImportJob> {
      await crm.applyImport(actor, { params: { id }, body })
      return settled(actor, id)
    },
  }
}

const many = () => sheet([['客户名称'], ...Array.from({ length: 1000 }, (_, i) => [`半途${i}`])])

describe('files of records', () => {
  let company: CrmCompany
  let crm: CrmCompany['crm']
  let people: CrmCompany['people']
  let { settled, check, apply } = {} as ReturnType<typeof imports>
  beforeAll(async () => {
    company = await crmCompany(freshEmbedded, { importRows: 1000, exportRows: 5 })
    ;({ crm, people } = company)
    ;({ settled, check, apply } = imports(company))
  })
  afterAll(() => company.close())

  it('imports what the template holds, and says of every row that does not fit why', async () => {
    const template = await crm.importTemplate(people.seller, { params: { kind: 'customers' } })
    const [first, notes] = (await readXlsx(template.body as Uint8Array)).sheets
    expect(first!.rows[0]).toEqual(expect.arrayContaining(['客户名称*', '客户等级', '负责人*']))
    expect(notes!.name).toBe('说明')

    const there = await company.create(people.seller, 'customers', { name: '已有客户', level: 'B' })
    const bytes = await sheet([
      ['客户名称*', '客户等级', '电话', '负责人', '备注'],
      ['导入一', 'A 级', 13_800_000_002, null, '=1+1 <b>🐱</b>'],
      ['已有客户', 'A 级', null, null, null],
      [null, 'A 级', null, null, null],
      ['导入三', '特级', 'abc', '张三丰', null],
      ['导入一', null, null, null, null],
      [null, null, null, null, null],
      ['长'.repeat(201), null, null, null, null],
    ])
    const job = await check(people.seller, bytes)
    expect(job).toMatchObject({ status: 'checked', rows: 6, valid: 2, duplicates: 1 })
    expect(job.issues).toEqual([
      { row: 4, column: '客户名称*', message: '必填' },
      { row: 5, column: '客户等级', message: '不是可选项' },
      { row: 5, column: '电话', message: '电话只能包含数字、空格和 + - ( )' },
      { row: 5, column: '负责人*', message: '请选择在职且在你管理范围内的负责人' },
      { row: 6, column: null, message: '与第 2 行重复' },
      { row: 8, column: '客户名称*', message: '最多 200 个字' },
    ])
    await expect(crm.applyImport(people.seller, { params: { id: job.id }, body: { duplicates: 'skip', onlyValid: false } })).rejects.toMatchObject({ code: 'import_not_ready' })
    await expect(crm.importJob(people.leader, { params: { id: job.id } })).rejects.toMatchObject({ code: 'not_found' })
    expect(await apply(people.seller, job.id, { duplicates: 'update', onlyValid: true })).toMatchObject({ status: 'done', created: 1, updated: 1, skipped: 0 })
    expect((await company.get(people.seller, 'customers', there.id)).values).toMatchObject({ level: 'A', remark: null })
    const [made] = (await company.list(people.seller, 'customers', { q: '导入一' })).items
    expect(made).toMatchObject({ owner: { name: '销售' }, values: { level: 'A', phone: '13800000002' } })
    expect(await company.db.$count(tables.auditLog, eq(tables.auditLog.action, 'crm.import'))).toBe(1)
    // The name is claimed, as by a create.
    await expect(company.create(people.seller, 'customers', { name: '导入一' })).rejects.toMatchObject({ code: 'validation_failed' })
  })

  it('does not change what the importer may not see', async () => {
    const foreign = await company.create(people.other, 'customers', { name: '别人的客户' })
    const job = await check(people.seller, await sheet([['客户名称', '客户等级'], ['别人的客户', 'A 级']]))
    expect(job).toMatchObject({ valid: 1, duplicates: 1 })
    expect(await apply(people.seller, job.id, { duplicates: 'update', onlyValid: false })).toMatchObject({ created: 0, updated: 0, skipped: 1 })
    expect((await company.get(people.other, 'customers', foreign.id)).version).toBe(1)
    const contacts = await check(people.seller, await sheet([['姓名', '客户'], ['偷看', '别人的客户']]), 'contacts')
    expect(contacts.issues).toMatchObject([{ row: 2, column: '客户*', message: expect.stringContaining('没有权限') }])
  })

  it('updates the record a row is about, and no other one that shares its phone', async () => {
    const { seller } = people
    const [one, two] = [await company.create(seller, 'customers', { name: '总机甲公司', phone: '0571-88880000' }), await company.create(seller, 'customers', { name: '总机乙公司' })]
    const heading = ['姓名', '客户', '手机号', '职务']
    const office = '0571-88880000'
    const rows = [['王一', '总机甲公司', office, '经理'], ['王二', '总机甲公司', office, null], ['王一', '总机乙公司', office, null], ['无号', '总机甲公司', null, null]]
    const first = await check(seller, await sheet([heading, ...rows, ['王 一', '总机甲公司', '0571 8888 0000', null]]), 'contacts')
    expect(first).toMatchObject({ valid: 4, duplicates: 0, duplicateRows: [], issues: [{ row: 6, message: '与第 2 行重复' }] })
    expect(await apply(seller, first.id, { duplicates: 'update', onlyValid: true })).toMatchObject({ created: 4 })
    // The same file again makes nobody twice; a phone that was missing is filled in, the name stays as it was written.
    const again = await check(seller, await sheet([heading, ...rows.slice(0, 3), [' 无 号 ', '总机甲公司', '13700000001', '采购'], ['无号', '总机甲公司', '13700000002', null]]), 'contacts')
    expect(again).toMatchObject({ valid: 4, duplicates: 4, duplicateRows: [2, 3, 4, 5], issues: [{ row: 6, message: '与第 5 行重复' }] })
    expect(await apply(seller, again.id, { duplicates: 'update', onlyValid: true })).toMatchObject({ created: 0, updated: 4 })
    const contacts = async (q: string) => (await company.list(seller, 'contacts', { q })).items.map(({ name, values }) => [name, values.phone, values.title])
    expect(await contacts('无号')).toEqual([['无号', '13700000001', '采购']])
    expect(await contacts('王一')).toHaveLength(2)
    expect(await contacts('王二')).toEqual([['王二', office, null]])
    for (const phone of ['13700000003', '13700000004'])
      await company.create(seller, 'contacts', { name: '同名', customer: one.id, phone })
    expect(await check(seller, await sheet([heading, ['同名', '总机甲公司', null, null], ['同名', '总机甲公司', '13700000005', null]]), 'contacts')).toMatchObject({ valid: 1, duplicates: 0, issues: [{ row: 2, column: '姓名*', message: '有重名，无法确定是哪一个' }] })
    expect((await company.get(seller, 'customers', two.id)).version).toBe(two.version)
  })

  it('takes companies of one name for the same, and a phone of another name for an issue', async () => {
    const { seller, other } = people
    const lead = await company.create(other, 'leads', { name: '别家线索', phone: '13600000001' })
    const file = await sheet([['公司名称', '电话'], ['新来线索', '13600000001'], ['没有电话', null], ['没有 电话', '13600000002'], ['各用一号', '13600000003'], ['也用一号', '13600000003']])
    const job = await check(seller, file, 'leads')
    expect(job).toMatchObject({ valid: 3, duplicates: 0 })
    expect(job.issues).toEqual([{ row: 2, column: '电话', message: '已有另一个名称的记录用这个电话，请核对名称或电话' }, { row: 4, column: null, message: '与第 3 行重复' }])
    expect(await apply(seller, job.id, { duplicates: 'update', onlyValid: true })).toMatchObject({ created: 3 })
    expect(await check(seller, file, 'leads')).toMatchObject({ valid: 3, duplicates: 3, duplicateRows: [3, 5, 6] })
    expect((await company.get(other, 'leads', lead.id)).version).toBe(1)
    await company.create(seller, 'customers', { name: '总机客户', phone: '13600000004' })
    expect(await check(seller, await sheet([['客户名称', '电话'], ['另一客户', '13600000004']]))).toMatchObject({ valid: 0, issues: [{ row: 2, column: '电话' }] })
  })

  it('refuses merged cells, formulas, strange columns and files that are no sheets', async () => {
    const odd = await check(people.seller, await sheet([['客户名称'], ['合并一'], ['合并二'], ['公式']], { merges: [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }], cells: new Map([['3,0', { value: 3, formula: 'A2&"x"' }]]) }))
    expect(odd.issues.map(({ row, message }) => [row, message.slice(0, 4)])).toEqual([[2, '包含合并'], [3, '包含合并'], [4, '包含公式']])
    const strange = await check(people.seller, await sheet([['名字叫什么', '客户等级'], ['x', 'A 级']]))
    expect(strange.issues.map(({ row, column, message }) => [row, column, message])).toEqual([[1, '名字叫什么', '无法识别的列，请使用模板中的列名'], [1, '客户名称', '缺少必填列']])
    for (const bytes of [new Uint8Array(0), new TextEncoder().encode('a,b\n1,2'), (await sheet([['客户名称'], ['断']])).slice(0, 300)])
      expect(await check(people.seller, bytes)).toMatchObject({ status: 'failed', error: '无法读取这个文件' })
  })

  it('refuses what is too long, and files that would unpack to more than they say', async () => {
    const rows = Array.from({ length: 1001 }, (_, i) => [`第${i}家`])
    const tooLong = await check(people.seller, await sheet([['客户名称'], ...rows]))
    expect(tooLong).toMatchObject({ status: 'checked', valid: 0, issues: [{ row: 1, column: null, message: '一次最多导入 1000 行，请拆分成多个文件' }] })
    await expect(crm.applyImport(people.seller, { params: { id: tooLong.id }, body: { duplicates: 'skip', onlyValid: true } })).rejects.toMatchObject({ code: 'import_not_ready' })
    // Blank rows that only carry a format do not count.
    expect(await check(people.seller, await sheet([['客户名称'], ...rows.slice(1), ...Array.from({ length: 50 }, () => [null])]))).toMatchObject({ rows: 1000, valid: 1000, issues: [] })
    for (const said of [0, 0x7FFFFFFF]) {
      const bytes = await sheet([['客户名称'], ['压缩包']])
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      for (let at = 0; at < bytes.length - 46; at++) {
        if (view.getUint32(at, true) === 0x02014B50)
          view.setUint32(at + 24, said, true)
      }
      expect(await check(people.seller, bytes)).toMatchObject({ status: 'failed', error: '无法读取这个文件' })
    }
  })

  it('writes nothing of an import that is stopped before it writes', async () => {
    const before = await company.db.$count(tables.customer)
    const job = await check(people.seller, await many())
    await crm.applyImport(people.seller, { params: { id: job.id }, body: { duplicates: 'skip', onlyValid: false } })
    await crm.cancelImport(people.seller, { params: { id: job.id } })
    expect(await settled(people.seller, job.id)).toMatchObject({ status: 'cancelled', created: 0 })
    expect(await company.db.$count(tables.customer)).toBe(before)
    await company.create(people.seller, 'customers', { name: '半途1' })
  })

  it('says in a file that has not all of the records', async () => {
    for (let at = 0; at < 6; at++)
      await company.create(people.seller, 'customers', { name: `导出很多${at}` })
    const file = await crm.exportRecords(people.admin, { params: { kind: 'customers' }, query: { view: 'all', q: '导出很多' } }, { ip: '1.1.1.1' })
    const [records, notes] = (await readXlsx(file.body as Uint8Array)).sheets
    expect(records!.rows).toHaveLength(6)
    expect(notes!.rows[0]![0]).toContain('只有前 5 条')
    expect(file.name).toContain('前 5 条')
    await company.db.update(tables.customer).set({ deletedAt: new Date() }).where(eq(tables.customer.name, '导出很多0'))
    const five = await crm.exportRecords(people.admin, { params: { kind: 'customers' }, query: { view: 'all', q: '导出很多' } }, { ip: '1.1.1.1' })
    expect((await readXlsx(five.body as Uint8Array)).sheets).toHaveLength(1)
    await company.db.delete(tables.auditLog).where(eq(tables.auditLog.action, 'crm.export'))
  })

  it('exports what somebody sees, by permission, and writes it down', async () => {
    const query = { view: 'all' as const, q: '导入一' }
    await expect(crm.exportRecords(people.seller, { params: { kind: 'customers' }, query }, { ip: '1.1.1.1' })).rejects.toMatchObject({ code: 'forbidden' })
    const file = await crm.exportRecords(people.admin, { params: { kind: 'customers' }, query }, { ip: '1.1.1.1' })
    const [out] = (await readXlsx(file.body as Uint8Array)).sheets
    const [header, row] = out!.rows
    const cell = (title: string) => row![header!.indexOf(title)]
    expect([cell('客户名称'), cell('客户等级'), cell('负责人'), cell('电话'), cell('备注')]).toEqual(['导入一', 'A 级', '销售', '13800000002', '=1+1 <b>🐱</b>'])
    expect(out!.rows).toHaveLength(2)
    const [log] = await company.db.select().from(tables.auditLog).where(eq(tables.auditLog.action, 'crm.export'))
    expect(log).toMatchObject({ actor: '管理员', detail: { kind: 'customers', rows: 1, q: '导入一' } })
    const location = { code: '330106', detail: '文一西路 1 号', latitude: 30.28, longitude: 120.01, datum: 'wgs84' }
    const there = await company.create(people.seller, 'customers', { name: '导出地区', location })
    const [titles, places] = (await readXlsx((await crm.exportRecords(people.admin, { params: { kind: 'customers' }, query: { view: 'all', q: '导出地区' } }, { ip: '1.1.1.1' })).body as Uint8Array)).sheets[0]!.rows
    expect(places).toContain('浙江省 杭州市 西湖区 文一西路 1 号')

    // What we wrote is read as what it was, and the place on the map stays where it names the same.
    const columns = ['客户名称', '地址'].map(title => titles!.findIndex(each => String(each).startsWith(title)))
    const [name, address] = columns.map(at => places![at] as string)
    const heading = columns.map(at => titles![at] as string)
    const again = await check(people.seller, await sheet([heading, [name!, address!], ['新地区', '杭州市余杭区文一西路969号']]))
    await apply(people.seller, again.id, { duplicates: 'update', onlyValid: false })
    expect((await company.get(people.seller, 'customers', there.id)).values.location).toEqual(location)
    const [made] = (await company.list(people.seller, 'customers', { q: '新地区' })).items
    expect((await company.get(people.seller, 'customers', made!.id)).values.location).toEqual({ code: '330110', detail: '文一西路969号' })
  })
})

// The embedded database answers nobody, not even whoever wants to stop it, while an import is written.
describe.runIf(await serverReachable())('an import on a Postgres server', () => {
  let company: CrmCompany
  beforeAll(async () => {
    company = await crmCompany(freshServer)
  })
  afterAll(() => company.close())

  it('is alive for other instances however long it takes, and they see how far it is', async () => {
    const { db, crm, clock, people: { seller } } = company
    const { check, settled } = imports(company)
    const elsewhere = createEmbeddedCrm({ db, directory: createDirectory({ db }), now: () => clock.now }) as Required<CrmGateway>
    const job = await check(seller, await sheet([['客户名称'], ...Array.from({ length: 1000 }, (_, i) => [`久等${i}`])]))
    const params = { id: job.id }
    const blocked = db.transaction(async (tx) => {
      await tx.insert(tables.uniqueValue).values({ kind: 'customers', field: 'name', value: '久等700', recordId: randomUUID() })
      await crm.applyImport(seller, { params, body: { duplicates: 'skip', onlyValid: false } })
      await until(async () => await db.$count(sql`pg_stat_activity`, sql`datname = current_database() and wait_event_type = 'Lock'`) > 0)
      clock.now = new Date(clock.now.getTime() + 3_600_000)
      await until(async () => {
        const [stored] = await db.select().from(tables.importJob).where(eq(tables.importJob.id, job.id))
        return stored!.heartbeatAt.getTime() === clock.now.getTime()
      })
      expect(await elsewhere.importJob(seller, { params })).toMatchObject({ status: 'importing', done: 500, rows: 1000 })
      throw new Error('taken back')
    })
    await expect(blocked).rejects.toThrow('taken back')
    expect(await settled(seller, job.id)).toMatchObject({ status: 'done', created: 1000 })
    await db.delete(tables.uniqueValue)
    await db.delete(tables.customer)
  })

  it('checks as many rows as the page promises, names each that does not fit, and writes nothing', async () => {
    const { db, people: { seller } } = company
    const rows = Array.from({ length: 50_000 }, (_, i) => [`第${i}家公司`, i % 10_000 === 9 ? '特级' : 'A 级', `0571-${10_000_000 + i}`])
    const { check } = imports(company)
    const job = await check(seller, await sheet([['客户名称', '客户等级', '电话'], ...rows]))
    expect(job).toMatchObject({ status: 'checked', rows: 50_000, valid: 49_995, duplicates: 0 })
    expect(job.issues.map(({ row }) => row)).toEqual([11, 10_011, 20_011, 30_011, 40_011])
    expect(await db.$count(tables.customer)).toBe(0)
  }, 120_000)

  it('takes back everything when it is stopped in the middle of writing', async () => {
    const { db, crm, people: { seller } } = company
    const { check, settled } = imports(company)
    const job = await check(seller, await many())
    const params = { id: job.id }
    await db.transaction(async (tx) => {
      // Somebody else is about to make one of the second half, so that the import waits for them with the first half written.
      await tx.insert(tables.uniqueValue).values({ kind: 'customers', field: 'name', value: '半途700', recordId: randomUUID() })
      await crm.applyImport(seller, { params, body: { duplicates: 'skip', onlyValid: false } })
      await until(async () => await db.$count(sql`pg_stat_activity`, sql`datname = current_database() and wait_event_type = 'Lock'`) > 0)
      expect(await crm.importJob(seller, { params })).toMatchObject({ status: 'importing', done: 500 })
      await crm.cancelImport(seller, { params })
    })
    expect(await settled(seller, job.id)).toMatchObject({ status: 'cancelled', created: 0 })
    expect(await db.$count(tables.customer)).toBe(0)
    await company.create(seller, 'customers', { name: '半途1' })
  })
})
