import type { Browser, Page } from 'playwright-core'
import type { CrmServer } from '../support/gateways.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { desktop, launchBrowser, openPage, phone } from '../support/browser.ts'
import { cordysLogins, cordysServer } from '../support/gateways.ts'
import { overflow } from './support/h5.ts'

let server: CrmServer
let browser: Browser
beforeAll(async () => {
  server = await cordysServer({}, { CORDYS_SSO: 'off' }, { withContainer: true })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

const device = (label: string, path?: string) => server.device(label, path)
const cordys = () => server.cordys!.control

async function connect(page: Page, password: string): Promise<void> {
  const sheet = page.getByRole('dialog', { name: /Cordys CRM/ })
  await sheet.getByLabel('密码', { exact: true }).fill(password)
  await sheet.getByRole('button', { name: '连接', exact: true }).click()
}

it('a salesperson on a Cordys server: connects once, writes a customer and a follow-up, and loses nothing when the session ends', async () => {
  const { password } = cordysLogins.zhaoliu!
  const page = await openPage(browser, device('zhaoliu-phone', '/customers'), phone)
  await connect(page, 'wrong')
  await page.getByText('用户名或密码不正确').waitFor()
  await connect(page, password)
  await page.getByText('共 26 条').waitFor()
  expect(await page.locator('input[type=password]').count()).toBe(0)
  // What this CRM cannot do is not there.
  expect(await page.locator('nav').first().getByRole('link').allInnerTexts()).toEqual(['工作台', '客户', '我的'])

  await page.getByRole('link', { name: '新建客户' }).click()
  await page.locator('[name=name]').fill('苏州清川智能装备有限公司')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { level: 2, name: '苏州清川智能装备有限公司' }).waitFor()
  const made = cordys().customers().find(({ name }) => name === '苏州清川智能装备有限公司')!
  expect(cordys().users().users.find(({ id }) => id === made.owner)?.name).toBe('赵六')

  await page.getByRole('link', { name: '编辑' }).click()
  await page.getByLabel('员工人数').fill('88')
  cordys().expireSessions()
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('你填写的内容不会丢失').waitFor()
  await connect(page, password)
  await page.getByText('已保存').waitFor()
  const stored = () => cordys().customers().find(({ id }) => id === made.id)!.moduleFields.map(({ fieldValue }) => fieldValue)
  expect(stored()).toContain(88)

  // The stock form wants a contact, and there is none yet: the way to make one is where it is missed.
  await page.getByRole('link', { name: '写跟进' }).click()
  await page.getByText('请选择').first().click()
  const sheet = page.getByRole('dialog', { name: '联系人' })
  await sheet.getByRole('button', { name: '新建联系人' }).click()
  await sheet.locator('[name=name]').fill('陈芳')
  await sheet.locator('[name=phone]').fill('13912345678')
  await sheet.getByRole('button', { name: '保存' }).click()
  await sheet.waitFor({ state: 'hidden' })
  await page.locator('.pick').getByText('陈芳').waitFor()
  await page.getByText('电话', { exact: true }).click()
  await page.locator('[name=content]').fill('电话确认了参观时间 😀')
  cordys().addFaults({ path: '/follow/record/add', kind: 'html', status: 503, times: 1 })
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已存在本机').first().waitFor()
  await page.getByText('待发送').waitFor()
  await page.context().setOffline(true)
  await page.context().setOffline(false)
  await page.getByText('待发送').waitFor({ state: 'hidden' })
  await page.getByRole('link', { name: /电话确认了参观时间/ }).first().waitFor()
  expect(cordys().calls('/follow/record/add').map(({ status }) => status)).toEqual([503, 200])

  // The session has ended: whoever saves is asked once, what waits asks nobody, and says what it waits for.
  await page.getByRole('link', { name: '写跟进' }).click()
  await page.getByText('请选择').first().click()
  await sheet.getByText('陈芳').click()
  await page.locator('[name=content]').fill('连接断开以后写的')
  cordys().expireSessions()
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '以后再说' }).click()
  await page.getByText('连接 CRM 账号后发送').first().waitFor()
  await page.goto(new URL('/drafts', page.url()).href)
  await page.getByText('连接 CRM 账号后发送').waitFor()
  const asked: string[] = []
  page.on('request', request => asked.push(new URL(request.url()).pathname))
  const tried = page.waitForResponse(answer => answer.request().method() === 'POST' && answer.url().endsWith('/api/crm/follow-ups'))
  await page.context().setOffline(true)
  await page.context().setOffline(false)
  expect((await tried).status()).toBe(403)
  await page.evaluate(() => new Promise(requestAnimationFrame))
  expect(asked).not.toContain('/api/crm/login')
  await page.getByRole('button', { name: '连接并发送' }).click()
  await connect(page, password)
  await page.getByText('没有草稿').waitFor()
  expect(await overflow(page)).toBe(0)
  expect(page.errors).toEqual([])
  await page.context().close()
})

it('a manager on a wide screen: is told that Cordys is down, and goes on when it is back', async () => {
  const page = await openPage(browser, device('wangwu-pc', '/customers'), desktop)
  await connect(page, cordysLogins.wangwu!.password)
  await page.locator('.list-pane').getByRole('link').first().waitFor()
  cordys().addFaults({ path: '/account/page', kind: 'html', status: 502 })
  await page.getByRole('searchbox').fill('清川')
  await page.getByText('暂时连不上 CRM 服务器').first().waitFor()
  cordys().clearFaults()
  await page.getByRole('button', { name: '重试' }).first().click()
  await page.locator('.list-pane').getByRole('link', { name: /苏州清川智能装备有限公司/ }).click()
  await page.getByRole('heading', { level: 2, name: '苏州清川智能装备有限公司' }).waitFor()
  expect(await overflow(page)).toBe(0)
  expect(page.errors).toEqual([])
  await page.context().close()
})
