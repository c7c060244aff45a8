import type { Browser, Page } from 'playwright-core'
import type { CheckId } from '#contract/connection.ts'
import type { TestApp } from '../support/app.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../sandbox/dingtalk/platform/world/settings.ts'
import { systemClock } from '../../server/dingtalk/clock.ts'
import { startApp } from '../support/app.ts'
import { desktop, launchBrowser, openPage, phone } from '../support/browser.ts'
import { overflow } from './support/h5.ts'

const nothing = { DINGTALK_CORP_ID: undefined, DINGTALK_CLIENT_ID: undefined, DINGTALK_CLIENT_SECRET: undefined, DINGTALK_AGENT_ID: undefined }
const missing = ['qyapi_get_department_member', 'qyapi_get_member']

/**
 * A company whose console is full of mistakes, connected by somebody who does only what the screen says: each
 * repair below takes what it enters into "the console" (the sandbox's settings) from the page.
 */
describe('connecting a company from nothing', () => {
  let app: TestApp
  let browser: Browser
  beforeAll(async () => {
    app = await startApp({
      env: nothing,
      // How long the event stream may be silent is not to be hurried.
      dingtalkClock: systemClock,
      sandbox: {
        withContainer: true,
        departments: 8,
        members: 60,
        settings: {
          egressIp: '203.0.113.77',
          permissions: DEFAULT_SETTINGS.permissions.filter(code => !missing.includes(code)),
        },
      },
    })
    const [some] = app.sandbox.platform.departments().filter(department => department.parentId === 1)
    app.sandbox.platform.control.settings({ scope: { deptIds: [some!.deptId], userids: [] } })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await app.close()
  })

  const inConsole = (change: Parameters<TestApp['sandbox']['platform']['control']['settings']>[0]) => app.sandbox.platform.control.settings(change)
  const row = (page: Page, id: CheckId) => page.locator(`[data-check=${id}]`)
  const result = (page: Page, id: CheckId, wanted: string) => page.locator(`[data-check=${id}][data-result=${wanted}]`).waitFor()

  async function everythingAgain(page: Page) {
    await page.getByRole('button', { name: '全部重新检查' }).click()
    await page.getByText('正在逐项检查…').waitFor({ state: 'hidden' })
  }

  it('ends with nothing red and nothing unconfirmed, using only what the screens say', async () => {
    const { corpId, clientId, clientSecret, agentId } = app.sandbox.app
    const page = await openPage(browser, `${app.url}/setup`, desktop)
    await page.getByText('成为管理员').waitFor()
    for (const [name, value] of Object.entries({ setupToken: app.setupToken!, corpId: `${corpId} `, clientId, clientSecret, agentId: '1000200030' }))
      await page.locator(`[name=${name}]`).fill(value)
    await page.getByText('CorpId 的首尾带有空格').waitFor()
    await page.getByRole('button', { name: '保存并连接' }).click()
    await page.waitForURL('**/admin/guide')

    // The address DingTalk refused stands in the guide; nothing else is blamed for it.
    await result(page, 'egressIp', 'failed')
    await page.getByText('正在逐项检查…').waitFor({ state: 'hidden' })
    expect(await page.locator('[data-result=failed]').count()).toBe(1)
    // What could not be tried for it is not called done.
    expect(await page.locator('[data-step="3"]').getByText('有问题').or(page.locator('[data-step="5"]').getByText('有问题')).count()).toBeGreaterThan(0)
    for (const step of [4, 6, 7])
      expect(await page.locator(`[data-step="${step}"] .head`).getByText('完成').count()).toBe(0)
    expect(await page.getByRole('link', { name: '去做第一次同步' }).count()).toBe(0)
    const ip = await page.locator('[data-copy=egressIp] code').textContent()
    await page.locator('[data-copy=egressIp]').getByText('把它加进名单').waitFor()
    inConsole({ ipAllowList: [ip!] })
    await everythingAgain(page)
    await page.locator('[data-copy=egressIp]').getByText('现在已经接受本服务器的调用').waitFor({ state: 'attached' })
    expect(await page.locator('[data-copy=egressIp] code').textContent()).toBe(ip)

    // Each missing permission has the link of DingTalk's own form, which names it.
    await result(page, 'memberDetail', 'failed')
    const links = await page.locator('[data-result=failed] a[href*="appscope/apply"]').evaluateAll(found => found.map(link => (link as HTMLAnchorElement).href))
    const wanted = [...new Set(links.map(link => decodeURIComponent(link).split('#')[1]!))]
    expect(wanted.sort()).toEqual([...missing].sort())
    inConsole({ permissions: [...DEFAULT_SETTINGS.permissions.filter(code => !missing.includes(code)), ...wanted] })

    // A part of the company is nobody's mistake until somebody says so; this person wants everybody.
    await result(page, 'scope', 'manual')
    expect(await row(page, 'scope').textContent()).toContain('全部员工')
    inConsole({ scope: { deptIds: [1], userids: [] } })
    await everythingAgain(page)
    await result(page, 'scope', 'ok')
    await result(page, 'members', 'ok')

    // The AgentId of another app: the row itself leads to where it is entered.
    await result(page, 'agentId', 'failed')
    expect(await row(page, 'agentId').textContent()).toMatch(/40056.*AgentId/s)
    await row(page, 'agentId').getByRole('link', { name: '填写或修改凭证' }).click()
    await page.locator('[name=agentId]').fill(String(agentId))
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('设置已保存').waitFor()
    await page.goto(`${app.url}/admin/guide`)
    await result(page, 'agentId', 'manual')
    await page.getByRole('button', { name: '选择接收人并发送测试通知' }).click()
    await row(page, 'agentId').getByRole('button', { name: '发送' }).click()
    await page.locator('[data-check=agentId][data-result=ok]').waitFor({ state: 'attached' })
    expect(app.sandbox.platform.messagesOf('zhangsan')).toHaveLength(1)

    // Where DingTalk pushes events, keys for its console are made right here.
    const events = page.locator('[data-step="7"]')
    await events.getByRole('radio', { name: 'HTTP 推送' }).check()
    await events.getByRole('button', { name: '生成', exact: true }).click()
    await expect.poll(() => events.locator('[name=aesKey]').inputValue()).toMatch(/^[a-z\d]{43}$/i)
    expect(await events.getByRole('button', { name: /复制/ }).count()).toBeGreaterThanOrEqual(3)
    await events.getByRole('button', { name: '保存事件设置' }).click()
    await result(page, 'events', 'manual')

    // Step 7 shows people as DingTalk tells them.
    await page.getByRole('button', { name: '读取样本' }).click()
    await page.getByText(/看过的 \d+ 名成员里/).waitFor()

    // The phone: scanned from the code on the page, which notices the login by itself.
    await row(page, 'loginCode').getByRole('img').waitFor()
    const scanned = new URL(await row(page, 'loginCode').locator('code').textContent() ?? '')
    const handset = await openPage(browser, app.device('zhangsan-phone', scanned.pathname + scanned.search), phone)
    await handset.getByText(/，张三$/).waitFor()
    await result(page, 'loginCode', 'seen')
    // The page that was scanned has the client judge our signature; it does not speak for the homepage.
    await result(page, 'jsapiTicket', 'seen')
    await result(page, 'homepage', 'manual')
    // From the workbench of a phone and of a computer: that is the homepage.
    // Both are devices nobody was in on: where a session is stored, the login that proves it comes later.
    for (const [name, size] of [['zhangsan-android', phone], ['zhangsan-pc', desktop]] as const) {
      const opened = await openPage(browser, app.device(name, '/__container/open'), size)
      await opened.getByText(/，张三$/).first().waitFor()
      await opened.context().close()
    }

    // The browser login, in a window of its own.
    const [popup] = await Promise.all([page.context().waitForEvent('page'), row(page, 'browserLogin').getByRole('link', { name: '试一次浏览器登录' }).click()])
    await popup.getByText('张三').first().click()
    await popup.waitForURL('**/admin/doctor')
    await popup.close()
    await everythingAgain(page)
    await result(page, 'browserLogin', 'seen')
    await result(page, 'redirectUrl', 'seen')
    await result(page, 'homepage', 'seen')
    await result(page, 'published', 'seen')

    // What is left can only be looked at by hand, and says how.
    for (const buttons = page.getByRole('button', { name: '我已核对，确认无误' }); (await buttons.count()) > 0;) {
      const before = await buttons.count()
      await buttons.first().click()
      await expect.poll(() => buttons.count(), { timeout: 15_000 }).toBeLessThan(before)
    }
    await page.getByText('没有待处理的项目。').waitFor()
    await page.goto(`${app.url}/admin/guide`)
    await page.getByRole('link', { name: '去做第一次同步' }).waitFor()
    expect(await page.locator('[data-result=failed]').count()).toBe(0)
    expect(await overflow(page)).toBe(0)
    expect(page.errors).toEqual([])

    // And so it is for the next who looks, by name and in the other language.
    const later = await openPage(browser, `${app.url}/api/session/oauth/start?returnTo=/admin/doctor`, { ...desktop, locale: 'en-US' })
    await later.getByText('张三').first().click()
    await later.getByText('Nothing is left to do.').waitFor()
    await later.locator('[data-check=publicUrl]').getByRole('button').first().click()
    await later.getByText(/Confirmed by 张三/).waitFor()
    await handset.context().close()
    await later.context().close()
    await page.context().close()
  }, 180_000)
})
