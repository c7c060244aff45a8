import type { Browser } from 'playwright-core'
import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp } from '../support/app.ts'
import { desktop, launchBrowser, openPage, phone } from '../support/browser.ts'
import { until } from '../support/until.ts'
import { overflow } from './support/h5.ts'

let app: TestApp
let browser: Browser
beforeAll(async () => {
  app = await startApp({ sandbox: { withContainer: true } })
  await app.sync(await app.loggedIn('zhangsan'))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

const device = (label: string, path = '/') => `http://${label}.localhost:${new URL(app.sandbox.containerUrl!).port}${path}`
type List = ApiOutput<'GET /api/crm/:kind'>

it('a salesperson: a new customer, a follow-up written without a network, its next plan done the day it is due', async () => {
  const me = await app.loggedIn('zhaoliu')
  const count = async (kind: string) => (await me.get<List>(`/api/crm/${kind}`)).body.total
  const page = await openPage(browser, device('zhaoliu-phone'), phone)
  await page.getByRole('link', { name: '新建客户' }).first().click()
  await page.locator('[name=name]').fill('杭州云栖智能科技有限公司')
  await page.locator('[name=phone]').fill('0571-8888 6666')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { level: 2, name: '杭州云栖智能科技有限公司' }).waitFor()

  // One tap from the record to a form with record, way and time filled in.
  await page.getByRole('link', { name: '写跟进' }).click()
  await page.getByText('杭州云栖智能科技有限公司').waitFor()
  await page.locator('[name=content]').fill('上门演示了新版本，客户关心交付周期。')
  await page.getByRole('button', { name: '安排下一步计划' }).click()
  await page.locator('[name=content]').nth(1).fill('寄送合同样本')
  const plan = page.locator('[data-field=dueAt]')
  await plan.getByRole('button', { name: '今天 18:00' }).click()

  await page.context().setOffline(true)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已存在本机，联网后自动发送').waitFor()
  await page.getByText('待发送').waitFor()
  expect(await count('follow-ups')).toBe(0)
  await page.context().setOffline(false)
  await until(async () => await count('follow-ups') === 1 && await count('plans') === 1)
  await page.getByRole('link', { name: /上门演示了新版本/ }).waitFor()
  await page.getByText('待发送').waitFor({ state: 'hidden' })

  await page.getByRole('link', { name: '工作台', exact: true }).click()
  const due = page.locator('.today')
  await due.getByText('寄送合同样本').waitFor()
  expect(await overflow(page)).toBe(0)
  await due.getByRole('button', { name: /完成计划/ }).click()
  await due.getByText('寄送合同样本').waitFor({ state: 'hidden' })
  expect(await count('follow-ups')).toBe(1)
  expect(page.errors).toEqual([])
  await page.context().close()
})

it('a sales manager: finds a colleague\'s customer, gives it to another, and looks at the numbers of the department', async () => {
  const seller = await app.loggedIn('zhaoliu')
  const page = await openPage(browser, device('lisi-pc', '/customers'), desktop)
  await page.getByRole('searchbox').fill('云栖')
  await page.locator('.list-pane').getByRole('link', { name: /杭州云栖智能科技有限公司/ }).click()
  await page.getByRole('heading', { level: 2, name: '杭州云栖智能科技有限公司' }).waitFor()
  await page.getByText('上门演示了新版本').waitFor()
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('button', { name: '转移' }).click()
  await page.locator('#transfer-owner').click()
  await page.getByPlaceholder('搜索姓名').fill('王五')
  await page.getByRole('button', { name: /王五/ }).last().click()
  await page.getByRole('button', { name: '确认转移' }).click()
  await page.getByText('已转移 1 条').waitFor()
  await until(async () => (await seller.get<List>('/api/crm/customers?q=%E4%BA%91%E6%A0%96')).body.total === 0)
  await page.getByRole('tab', { name: '负责人记录' }).click()
  await page.getByText('由 李四 移交').first().waitFor()

  await page.getByRole('link', { name: '工作台', exact: true }).click()
  await page.getByRole('button', { name: '部门' }).click()
  await page.getByRole('link', { name: /新增客户\s*1/ }).waitFor()
  expect(await overflow(page)).toBe(0)
  expect(page.errors).toEqual([])
  await page.context().close()
})
