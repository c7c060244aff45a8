import type { Browser, Page } from 'playwright-core'
import type { TestApp } from '../support/app.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp } from '../support/app.ts'
import { desktop, launchBrowser, openPage, phone } from '../support/browser.ts'

describe('opening the CRM in DingTalk', () => {
  let app: TestApp
  let browser: Browser
  let container: string
  beforeAll(async () => {
    app = await startApp({ sandbox: { withContainer: true } })
    const admin = await app.loggedIn('zhangsan')
    await app.sync(admin)
    await admin.post('/api/crm/sample-data')
    container = app.sandbox.containerUrl!
    browser = await launchBrowser()
  })
  beforeEach(() => {
    app.sandbox.platform.control.clearFaults()
    return control('reset')
  })
  afterAll(async () => {
    await browser.close()
    await app.close()
  })

  const nameOf = (userid: string) => app.sandbox.platform.member(userid)!.name
  const host = (label: string) => `${label}.localhost:${new URL(container).port}`
  const device = (label: string, path?: string) => app.device(label, path)
  const greetingOf = (page: Page, userid: string) => page.getByText(new RegExp(`，${nameOf(userid)}$`))
  const greeting = (page: Page, userid: string) => greetingOf(page, userid).waitFor()

  /** What the server says of the page's session. */
  const sessionOf = (page: Page): Promise<unknown> => page.evaluate(() => fetch('/api/session').then(answer => answer.json()))

  async function control(path: string, body: object = {}): Promise<void> {
    const response = await fetch(`${container}/__container/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok)
      throw new Error(await response.text())
  }

  it.each(['phone', 'android', 'harmony', 'pc', 'mac'])('logs people in silently on %s, with the unmodified SDK', async (kind) => {
    const page = await openPage(browser, device(`lisi-${kind}`), kind === 'pc' || kind === 'mac' ? desktop : phone)
    await greeting(page, 'lisi')
    expect(new URL(page.url()).pathname).toBe('/')
    expect(page.errors).toEqual([])
    await page.context().close()
  })

  it('keeps three people apart who are logged in side by side', async () => {
    const people = ['zhangsan-pc', 'lisi-phone', 'wangwu-android'] as const
    const pages = await Promise.all(people.map(label => openPage(browser, device(label))))
    for (const [i, label] of people.entries()) {
      const userid = label.split('-')[0]!
      await greeting(pages[i]!, userid)
      for (const other of ['zhangsan', 'lisi', 'wangwu'].filter(other => other !== userid)) expect(await greetingOf(pages[i]!, other).count()).toBe(0)
    }
    await Promise.all(pages.map(page => page.context().close()))
  })

  it('falls back to the classic login call on an old client', async () => {
    const url = device('lisi-android')
    await fetch(`${container}/__container/device?host=${host('lisi-android')}`)
    await control('mode', { host: host('lisi-android').split(':')[0], mode: { client: 'old' } })
    const page = await openPage(browser, url, phone)
    await greeting(page, 'lisi')
    await page.context().close()
  })

  it('shows nothing of the previous person once the phone has changed hands', async () => {
    const shared = { host: 'shared-phone.localhost' }
    await control('switch', { ...shared, userid: 'lisi' })
    const page = await openPage(browser, device('shared-phone'), phone)
    await greeting(page, 'lisi')
    await page.evaluate(() => localStorage.setItem('someone-elses', 'note'))

    await control('switch', { ...shared, userid: 'wangwu' })
    await page.reload()
    await greeting(page, 'wangwu')
    expect(await greetingOf(page, 'lisi').count()).toBe(0)
    await page.context().close()
  })

  it('begins a login of its own when opened by a fixed-state homepage, and leaves no code in the address', async () => {
    const foreign = app.sandbox.platform.control.code({ userid: 'wangwu', kind: 'oauth' })
    app.sandbox.platform.control.clearCalls()
    const page = await openPage(browser, device('lisi-phone', `/customers?code=${foreign}&authCode=${foreign}&state=fixed`), phone)
    await page.waitForURL(url => url.pathname === '/customers' && url.search === '')
    await expect.poll(() => sessionOf(page), { timeout: 15_000 }).toMatchObject({ kind: 'account' })
    expect(await sessionOf(page)).toMatchObject({ account: { name: nameOf('lisi') } })
    expect(app.sandbox.platform.control.calls().filter(call => call.api.includes('userAccessToken'))).toEqual([])
    await page.context().close()
  })

  it('explains to a stranger whom to ask, and does not loop', async () => {
    app.sandbox.platform.control.mutate({ op: 'addMember', member: { userid: 'stranger', name: '陌生人' } })
    const page = await openPage(browser, device('stranger-phone'), phone)
    await page.getByText('你还没有 CRM 账号').waitFor()
    await page.getByText(nameOf('zhangsan')).waitFor()
    app.sandbox.platform.control.clearCalls()
    await page.getByRole('button', { name: /重试/ }).click()
    await page.getByText('你还没有 CRM 账号').waitFor()
    expect(app.sandbox.platform.control.calls().filter(call => call.api.endsWith('getuserinfo')).length).toBeLessThanOrEqual(1)
    await page.context().close()
  })

  it('replaces a code that has expired on the way by a new one', async () => {
    app.sandbox.platform.control.faults({
      kind: 'errcode',
      path: '/topapi/v2/user/getuserinfo',
      errcode: 40078,
      errmsg: '不存在的临时授权码',
      times: 1,
    })
    const page = await openPage(browser, device('lisi-phone'), phone)
    await greeting(page, 'lisi')
    await page.context().close()
  })

  it('explains codes that stay stale, after one new try', async () => {
    app.sandbox.platform.control.clearCalls()
    app.sandbox.platform.control.faults({ kind: 'errcode', path: '/topapi/v2/user/getuserinfo', errcode: 40078, errmsg: '不存在的临时授权码' })
    const page = await openPage(browser, device('lisi-android'), phone)
    await page.getByRole('button', { name: /重试/ }).waitFor()
    expect(app.sandbox.platform.control.calls().filter(call => call.api.endsWith('getuserinfo'))).toHaveLength(2)
    app.sandbox.platform.control.clearFaults()
    await page.getByRole('button', { name: /重试/ }).click()
    await greeting(page, 'lisi')
    await page.context().close()
  })

  it.each(['cancel', 'unknown-domain', 'wrong-corp'])('explains it when the client refuses a code (%s) and lets people try again', async (login) => {
    await control('mode', { host: 'lisi-phone.localhost', mode: { login } })
    const page = await openPage(browser, device('lisi-phone'), phone)
    await page.getByRole('button', { name: /重试/ }).waitFor()
    expect(await sessionOf(page)).toMatchObject({ error: { code: 'unauthenticated' } })
    await control('reset')
    await page.getByRole('button', { name: /重试/ }).click()
    await greeting(page, 'lisi')
    await page.context().close()
  })

  it('lets a new member in after a sync, and shows a removed one the door', async () => {
    const admin = await app.loggedIn('zhangsan')
    app.sandbox.platform.control.mutate({ op: 'addMember', member: { userid: 'fresh', name: '新同事' } })
    await app.sync(admin)
    const page = await openPage(browser, device('fresh-phone'), phone)
    await greeting(page, 'fresh')
    app.sandbox.platform.control.mutate({ op: 'removeMember', userid: 'fresh' })
    await app.sync(admin)
    await page
      .getByRole('link', { name: '客户' })
      .or(page.getByText('客户', { exact: true }))
      .last()
      .click()
    await page.getByRole('button', { name: /重试|重新登录/ }).waitFor()
    expect(await page.getByText('，新同事').count()).toBe(0)
    await page.context().close()
  })

  it('stays logged out until somebody taps, also after a reload', async () => {
    const page = await openPage(browser, device('lisi-phone', '/mine'), phone)
    await page.getByRole('button', { name: /退出/ }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /退出|确定/ })
      .click()
    const again = page.getByRole('button', { name: /重新登录/ })
    await again.waitFor()
    await page.reload()
    await again.waitFor()
    expect(await page.evaluate(() => fetch('/api/session').then(answer => answer.status))).toBe(401)
    await again.click()
    await expect.poll(() => sessionOf(page), { timeout: 15_000 }).toMatchObject({ kind: 'account' })
    await page.context().close()
  })

  it('hides administration from ordinary members', async () => {
    const page = await openPage(browser, device('wangwu-pc', '/admin'), desktop)
    await page.waitForFunction(() => !location.pathname.startsWith('/admin'))
    expect(await page.getByText('钉钉设置').count()).toBe(0)
    await page.context().close()
  })

  it('logs in through DingTalk\'s page in an ordinary browser, back on the page that was wanted', async () => {
    const page = await openPage(browser, `${app.url}/customers`, desktop)
    await page.waitForURL(url => url.pathname === '/oauth2/auth')
    await page.getByText(nameOf('lisi'), { exact: true }).first().click()
    await page.waitForURL(`${app.url}/customers`)
    expect(await sessionOf(page)).toMatchObject({ account: { name: nameOf('lisi') } })
    await page.context().close()
  })

  it('never uses the code of a fixed-state homepage in a browser either, nor writes it to the log', async () => {
    const foreign = app.sandbox.platform.control.code({ userid: 'wangwu', kind: 'oauth' })
    app.sandbox.platform.control.clearCalls()
    const page = await openPage(browser, `${app.url}/customers?code=${foreign}&authCode=${foreign}&state=fixed`, desktop)
    await page.waitForURL(url => url.pathname === '/oauth2/auth')
    expect(page.url()).not.toContain(foreign)
    await page.getByText(nameOf('lisi'), { exact: true }).first().click()
    await page.waitForURL(`${app.url}/customers`)
    expect(await sessionOf(page)).toMatchObject({ account: { name: nameOf('lisi') } })
    expect(app.sandbox.platform.control.calls().filter(call => call.api.endsWith('userAccessToken'))).toHaveLength(1)
    expect(app.log()).not.toContain(foreign)
    await page.context().close()
  })

  it('explains a refusal on DingTalk\'s page and offers another try', async () => {
    const page = await openPage(browser, app.url, desktop)
    await page.waitForURL(url => url.pathname === '/oauth2/auth')
    await page
      .getByRole('button', { name: /拒绝|取消/ })
      .or(page.getByRole('link', { name: /拒绝|取消/ }))
      .first()
      .click()
    await page.getByText('你没有同意授权').first().waitFor()
    await page.getByRole('button', { name: /重试/ }).waitFor()
    await page.context().close()
  })

  it('shows cause, fix and whom to ask of a login that failed in a browser as inside DingTalk', async () => {
    app.sandbox.platform.control.settings({ egressIp: '203.0.113.66' })
    const page = await openPage(browser, app.url, desktop)
    await page.waitForURL(url => url.pathname === '/oauth2/auth')
    await page.getByText(nameOf('lisi'), { exact: true }).first().click()
    await page.getByText(/203\.0\.113\.66/).first().waitFor()
    app.sandbox.platform.control.settings({ egressIp: null })
    await page.context().close()
  })
})
