import type { Browser } from 'playwright-core'
import type { CrmRecord } from '#contract/crm/records.ts'
import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp } from '../support/app.ts'
import { launchBrowser, openPage, phone } from '../support/browser.ts'
import { later } from '../support/later.ts'
import { overflow } from './support/h5.ts'

let app: TestApp
let browser: Browser
let me: Client
beforeAll(async () => {
  app = await startApp({ sandbox: { withContainer: true } })
  await app.sync(await app.loggedIn('zhangsan'))
  me = await app.loggedIn('zhaoliu')
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

async function make(client: Client, kind: string, values: Record<string, unknown>): Promise<CrmRecord> {
  const { status, body } = await client.post<CrmRecord>(`/api/crm/${kind}`, { values })
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}
const read = async (client: Client, { kind, id }: CrmRecord) => (await client.get<CrmRecord>(`/api/crm/${kind}/${id}`)).body
const open = (path: string) => openPage(browser, app.device('zhaoliu-phone', path), phone)

it('gives a lead away with its open plans, unless that is not wanted', async () => {
  const lead = await make(me, 'leads', { name: '常州移交机械' })
  const plan = await make(me, 'plans', { lead: lead.id, content: '移交后再打电话', dueAt: '2027-06-20T02:00:00Z' })
  const page = await open(`/leads/${lead.id}`)
  await page.getByRole('button', { name: '更多', exact: true }).click()
  await page.getByRole('button', { name: '转移' }).click()
  expect(await page.getByLabel('连同未完成的计划一起转移').isChecked()).toBe(true)
  await page.locator('#transfer-owner').click()
  await page.getByPlaceholder('搜索姓名').fill('王五')
  await page.getByRole('dialog').getByRole('button', { name: /王五/ }).click()
  await page.getByRole('button', { name: '确认转移' }).click()
  await page.getByText('已转移 1 条').waitFor()
  expect((await read(await app.loggedIn('lisi'), plan)).owner).toMatchObject({ name: '王五' })
  await page.context().close()
})

it('says that somebody else was faster with a stage, keeps what was typed, and moves it on a second tap', async () => {
  const customer = await make(me, 'customers', { name: '镇江同时仪表' })
  const deal = await make(me, 'opportunities', { name: '镇江年度订单', customer: customer.id, amount: '5000', expectedCloseOn: '2027-03-01' })
  const page = await open(`/opportunities/${deal.id}`)
  await page.getByRole('button', { name: '推进阶段' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('radio', { name: '成功' }).check()
  await sheet.getByLabel('说明').fill('客户已盖章')
  const leader = await app.loggedIn('lisi')
  expect((await leader.post(`/api/crm/opportunities/${deal.id}/stage`, { stage: 'proposal', version: deal.version })).status).toBe(200)
  await sheet.getByRole('button', { name: '确定' }).click()
  await sheet.getByText('在你编辑期间，有人修改了这条记录').waitFor()
  // Behind it stands what is there now, and nothing typed is lost.
  await sheet.locator('label', { hasText: '当前' }).getByText('立项汇报').waitFor()
  expect(await sheet.getByLabel('说明').inputValue()).toBe('客户已盖章')
  expect((await read(me, deal)).state).toMatchObject({ value: 'proposal' })
  await sheet.getByRole('button', { name: '确定' }).click()
  await sheet.waitFor({ state: 'hidden' })
  expect(await read(me, deal)).toMatchObject({ state: { value: 'won' }, values: { closeNote: '客户已盖章' } })
  await page.context().close()
})

it('filters by contact, whoever\'s it is', async () => {
  const customer = await make(me, 'customers', { name: '扬州筛选电气' })
  const contact = await make(me, 'contacts', { name: '筛选联系人', customer: customer.id })
  const values = { customer: customer.id, amount: '5000', expectedCloseOn: '2027-03-01' }
  await make(me, 'opportunities', { ...values, name: '扬州有人商机', contact: contact.id })
  await make(me, 'opportunities', { ...values, name: '扬州没人商机' })
  const page = await open(`/opportunities?q=${encodeURIComponent('扬州')}`)
  await page.getByText('共 2 条').waitFor()
  await page.getByRole('button', { name: '筛选和排序' }).click()
  await page.locator('#filter-contact').click()
  await page.getByRole('button', { name: /筛选联系人/ }).click()
  await page.getByRole('button', { name: /^确定/ }).click()
  await page.getByRole('button', { name: '应用' }).click()
  await page.getByText('共 1 条').waitFor()
  await page.getByRole('link', { name: /扬州有人商机/ }).waitFor()
  await page.context().close()
})

it('calls what a filter names by its name, and asks for what is not so and what is not there', async () => {
  const customer = await make(me, 'customers', { name: '泰州条件甲', level: 'A', industry: 'manufacturing' })
  const other = await make(me, 'customers', { name: '泰州条件乙', level: 'B' })
  const rest = { amount: '5000', expectedCloseOn: '2027-03-01' }
  await make(me, 'opportunities', { ...rest, name: '泰州甲商机', customer: customer.id, product: '网关' })
  await make(me, 'opportunities', { ...rest, name: '泰州乙商机', customer: other.id })
  // A link that leads to no row: the choices tell what its customers are called.
  const of = (filters: object[]) => `/opportunities?q=${encodeURIComponent('泰州')}&filters=${encodeURIComponent(JSON.stringify(filters))}`
  const page = await open(of([{ field: 'customer', op: 'any_of', value: [customer.id, other.id] }, { field: 'product', op: 'contains', value: '没有这个' }]))
  await page.getByRole('button', { name: '已筛选 2 项' }).click()
  const sheet = page.getByRole('dialog')
  const named = sheet.getByRole('group', { name: '客户', exact: true })
  await named.getByText('泰州条件甲').waitFor()
  await named.getByText('泰州条件乙').waitFor()
  expect(await overflow(page)).toBe(0)

  await sheet.getByLabel('客户的条件').selectOption('不是')
  await sheet.getByLabel('意向产品的条件').selectOption('不为空')
  await sheet.getByRole('button', { name: '应用' }).click()
  await page.getByText('共 0 条').waitFor()
  await page.getByRole('button', { name: '已筛选 2 项' }).click()
  await sheet.getByLabel('意向产品的条件').selectOption('为空')
  await named.getByText('泰州条件甲').waitFor()
  await sheet.getByRole('button', { name: '应用' }).click()
  await page.getByText('共 1 条').waitFor()
  await page.getByRole('link', { name: /泰州乙商机/ }).waitFor()

  // One picked here keeps its name although no row tells it.
  await page.getByRole('button', { name: '已筛选 2 项' }).click()
  await sheet.getByRole('button', { name: '清除条件' }).click()
  await page.getByText('共 2 条').waitFor()
  await page.getByRole('button', { name: '筛选和排序' }).click()
  await page.locator('#filter-owner').click()
  await page.getByPlaceholder('搜索姓名').fill('赵六')
  await page.getByRole('button', { name: /赵六/ }).last().click()
  await page.getByRole('button', { name: /^确定/ }).click()
  await sheet.getByLabel('意向产品的条件').selectOption('包含')
  await sheet.getByLabel('意向产品', { exact: true }).last().fill('没有这个')
  await sheet.getByRole('button', { name: '应用' }).click()
  await page.getByText('共 0 条').waitFor()
  await page.getByRole('button', { name: '已筛选 2 项' }).click()
  await sheet.getByRole('group', { name: '负责人' }).getByText('赵六').waitFor()
  expect(page.errors).toEqual([])
  await page.context().close()
})

it('opens what fulfils a plan with its way and its contact, from wherever it is written', async () => {
  const customer = await make(me, 'customers', { name: '盐城计划船舶' })
  const contact = await make(me, 'contacts', { name: '计划联系人', customer: customer.id })
  const now = new Date().toISOString()
  const plan = await make(me, 'plans', { customer: customer.id, contact: contact.id, method: 'visit', content: '登门看样机', dueAt: now })
  const page = await open('/')
  const filled = async () => {
    await page.waitForURL('**/follow-ups/new?**')
    await page.locator('[data-field=contact]').getByText('计划联系人').waitFor()
    expect(await page.locator('[data-field=method] input[value=visit]').isChecked()).toBe(true)
  }
  await page.getByRole('link', { name: '写跟进：登门看样机' }).click()
  await filled()
  await page.goto(app.device('zhaoliu-phone', `/plans/${plan.id}`))
  await page.getByRole('link', { name: '写跟进' }).first().click()
  await filled()
  // Opened by its address, nothing but the server knows the plan.
  await page.goto(app.device('zhaoliu-phone', `/follow-ups/new?plan=${plan.id}&method=visit`))
  await filled()
  await page.locator('[name=content]').fill('看过样机了')
  await page.getByRole('button', { name: '保存' }).click()
  await page.waitForURL(url => !url.pathname.endsWith('/new'))
  expect((await me.get<{ items: CrmRecord[] }>(`/api/crm/follow-ups?of=customers&ofId=${customer.id}`)).body.items[0]!.values).toMatchObject({ method: 'visit' })
  expect((await read(me, plan)).state).toMatchObject({ value: 'completed' })
  await page.context().close()
})

it('disables a contact with the reason, which stays with them until they are back', async () => {
  const customer = await make(me, 'customers', { name: '淮安停用纺织' })
  const contact = await make(me, 'contacts', { name: '停用联系人', customer: customer.id })
  const page = await open(`/contacts/${contact.id}`)
  const choose = async (name: string) => {
    await page.getByRole('button', { name: '更多', exact: true }).click()
    await page.getByRole('button', { name }).click()
  }
  await choose('停用')
  await page.getByLabel('停用原因（选填）').fill('已离职，由李经理接手')
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await page.getByText('已离职，由李经理接手').waitFor()
  expect(await read(me, contact)).toMatchObject({ state: { value: 'disabled' }, values: { disabledReason: '已离职，由李经理接手' } })
  await choose('启用')
  await page.getByText('已离职，由李经理接手').waitFor({ state: 'hidden' })
  expect((await read(me, contact)).state).toMatchObject({ value: 'enabled' })
  await page.context().close()
})

it('offers to load the page anew where DingTalk refused it the phone, and then it works', async () => {
  const customer = await make(me, 'customers', { name: '连云港放行物流' })
  const page = await openPage(browser, app.device('zhaoliu-phone', `/customers/${customer.id}`), phone)
  const config = '**/api/jsapi/config'
  await page.route(config, route => route.fulfill({ json: { agentId: '1', corpId: 'ding1', timeStamp: '1', nonceStr: 'n', signature: 'not-ours' } }))
  await page.goto(app.device('zhaoliu-phone', `/contacts/new?of=customers&ofId=${customer.id}`))
  for (let time = 0; time < 2; time++) {
    await page.getByRole('button', { name: '扫名片' }).click()
    await page.getByText('钉钉没有允许这个页面使用手机功能').waitFor()
  }
  await page.unroute(config)
  await page.getByRole('button', { name: '重新加载' }).click()
  await page.getByText('钉钉没有允许这个页面使用手机功能').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: '扫名片' }).click()
  await page.getByRole('button', { name: /周文博/ }).click()
  await page.getByText('已根据名片填好').waitFor()
  await page.context().close()
})

it('saves what was done, with its picture, although the plan has ended meanwhile', async () => {
  const customer = await make(me, 'customers', { name: '宿迁结束计划' })
  const plan = await make(me, 'plans', { customer: customer.id, content: '约好回访', dueAt: '2027-06-20T02:00:00Z' })
  const page = await open(`/plans/${plan.id}`)
  await page.getByRole('link', { name: '写跟进' }).click()
  await page.getByLabel(/跟进内容/).fill('对方要求先发方案')
  const chooser = later(page.waitForEvent('filechooser'))
  await page.locator('[data-field=pictures] label').click()
  await page.getByRole('button', { name: '同意' }).click()
  await (await chooser).setFiles({ name: '现场.png', mimeType: 'image/png', buffer: Buffer.from(await page.screenshot()) })
  await page.locator('[data-field=pictures] img').waitFor()
  expect((await me.post(`/api/crm/plans/${plan.id}/status`, { status: 'cancelled' })).status).toBeLessThan(300)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('dialog').getByText('计划已经结束').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '保存跟进' }).click()
  await page.getByText('跟进已保存').waitFor()
  const { body: { items: [said] } } = await me.get<ApiOutput<'GET /api/crm/:kind'>>(`/api/crm/follow-ups?of=customers&ofId=${customer.id}`)
  expect(said).toMatchObject({ values: { content: '对方要求先发方案' } })
  expect((await me.get<CrmRecord>(`/api/crm/follow-ups/${said!.id}`)).body.values.pictures).toHaveLength(1)
  expect((await read(me, plan)).state).toMatchObject({ value: 'cancelled' })
  await page.context().close()
})

it('imports a table, also when its page was left in between', async () => {
  const rows = [['客户名称', '客户等级'], ['连云港导入甲', 'A 级'], ['连云港导入乙', '特级'], ['连云港导入丙', 'B 级']]
  const file = { name: '客户.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: Buffer.from(await writeXlsx({ sheets: [{ name: '客户', rows }] })) }
  const page = await openPage(browser, app.device('zhangsan-phone', '/customers/import'), phone)
  await page.getByText('最多 10,000 行').waitFor()
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByText('第 3 行').waitFor()
  await page.goto(app.device('zhangsan-phone', '/customers'))
  await page.goto(app.device('zhangsan-phone', '/customers/import'))
  // Still there, with what does not fit.
  await page.getByText('第 3 行').waitFor()
  const write = page.getByRole('button', { name: '导入 2 行' })
  expect(await write.isDisabled()).toBe(true)
  await page.getByRole('checkbox').check()
  await write.click()
  await page.getByRole('link', { name: '查看列表' }).click()
  await page.getByRole('link', { name: /连云港导入丙/ }).waitFor()
  expect(await page.getByRole('link', { name: /连云港导入乙/ }).count()).toBe(0)
  expect(await overflow(page)).toBe(0)
  await page.context().close()
})
