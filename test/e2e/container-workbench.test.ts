import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startContainer } from '../../sandbox/dingtalk/container/index.ts'
import { launchBrowser } from '../support/browser.ts'
import { later } from '../support/later.ts'
import { stubPlatform } from '../unit/sandbox-container/stub-platform.ts'
import { bundlePage, serveApp } from './container/app.ts'

const platform = stubPlatform()
let app: Awaited<ReturnType<typeof serveApp>>
let container: Awaited<ReturnType<typeof startContainer>>
let browser: Browser
let page: Page

beforeAll(async () => {
  app = await serveApp(await bundlePage())
  container = await startContainer({ platform, h5Url: app.url, port: 0 })
  browser = await launchBrowser()
})

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
})

afterEach(async () => {
  await page.close()
})

afterAll(async () => {
  await browser?.close()
  await container?.close()
  app?.close()
})

function device(name: string): Locator {
  return page.locator(`[data-host="${name}.localhost"]`)
}

async function open(...names: string[]): Promise<void> {
  await page.goto(`${container.url}/#${names.join(',')}`)
  for (const name of names) await device(name).locator('iframe').contentFrame().locator('body').waitFor()
}

/** Runs an expression inside the app's frame once the SDK is there. */
async function inside<T>(name: string, expression: string): Promise<T> {
  const handle = await device(name).locator('iframe').last().elementHandle()
  const frame = await handle?.contentFrame()
  await frame?.waitForFunction(() => 'run' in window)
  return (await frame?.evaluate(expression)) as T
}

const code = 'run("requestAuthCode", { corpId: "dingcorp1", clientId: "dingclient1" }).then(({ data }) => data.code)'

it('logs several people in side by side, each as themselves', async () => {
  await page.goto(container.url)
  await page.getByRole('button', { name: '张三：iPhone' }).click()
  await page.getByRole('button', { name: '李四：Windows' }).click()
  await page.getByRole('button', { name: '李四：HarmonyOS' }).click()
  expect(platform.codes.get(await inside('zhangsan-phone', code))).toBe('zhangsan')
  expect(platform.codes.get(await inside('lisi-pc', code))).toBe('lisi')
  expect(platform.codes.get(await inside('lisi-harmony', code))).toBe('lisi')
  expect(new URL(page.url()).hash).toBe('#zhangsan-phone,lisi-pc,lisi-harmony')
})

it('shows the native title and the buttons the page asks for', async () => {
  await open('zhangsan-phone')
  await inside('zhangsan-phone', 'run("setNavigationTitle", { title: "客户详情" })')
  await device('zhangsan-phone').getByRole('heading', { name: '客户详情' }).waitFor()
})

it('goes back on one phone without touching the other', async () => {
  await open('zhangsan-phone', 'lisi-phone')
  await inside('zhangsan-phone', 'history.pushState({}, "", "/a")')
  await inside('lisi-phone', 'history.pushState({}, "", "/b")')
  await inside('zhangsan-phone', 'addEventListener("popstate", () => document.body.append("went back"))')
  await device('zhangsan-phone').getByRole('button', { name: '返回', exact: true }).click()
  await device('zhangsan-phone').locator('iframe').contentFrame().getByText('went back').waitFor()
  expect(await inside('zhangsan-phone', 'location.pathname')).toBe('/')
  expect(await inside('lisi-phone', 'location.pathname')).toBe('/b')
})

it('closes the page when there is nothing to go back to', async () => {
  await open('zhangsan-android')
  await inside('zhangsan-android', '1')
  await device('zhangsan-android').getByRole('button', { name: '系统返回键' }).click()
  await device('zhangsan-android').getByRole('heading', { name: '工作台' }).waitFor()
  await device('zhangsan-android').getByRole('button', { name: 'CRM' }).click()
  expect(platform.codes.get(await inside('zhangsan-android', code))).toBe('zhangsan')
})

it('brings a work notification live and opens its link where it belongs', async () => {
  await open('lisi-phone', 'lisi-mac')
  await device('lisi-phone').getByRole('button', { name: '关闭页面' }).click()
  await device('lisi-phone').getByRole('button', { name: '消息' }).click()
  await device('lisi-mac').getByRole('button', { name: '消息' }).click()
  platform.deliver('lisi', {
    msgtype: 'oa',
    oa: {
      message_url: `${app.url}/phone`,
      pc_message_url: `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(`${app.url}/desktop`)}&pc_slide=true`,
      body: { title: '新客户待跟进' },
    },
  })
  await device('lisi-mac').getByText('新客户待跟进').click()
  expect(await inside('lisi-mac', 'location.pathname')).toBe('/desktop')
  await page.locator('.message:not(.unread)').first().waitFor()
  await device('lisi-phone').getByText('新客户待跟进').click()
  expect(await inside('lisi-phone', 'location.pathname')).toBe('/phone')
  expect(platform.messagesOf('lisi').every(message => message.read)).toBe(true)
})

it('hands the shared phone over: a new holder, the old storage', async () => {
  await open('shared-phone')
  expect(platform.codes.get(await inside('shared-phone', code))).toBe('zhangsan')
  await inside('shared-phone', 'localStorage.setItem("seen", "zhangsan"), sessionStorage.draft = "mine"')
  const refreshed = later(page.waitForEvent('framenavigated'))
  await device('shared-phone').getByRole('button', { name: '刷新页面' }).click()
  await refreshed
  expect(await inside('shared-phone', 'JSON.stringify([Object.keys(localStorage), sessionStorage.draft, sessionStorage.nothing ?? null])')).toBe(
    '[["seen"],"mine",null]',
  )
  const reloaded = later(page.waitForEvent('framenavigated'))
  await page.getByLabel('持有人').selectOption({ label: '李四' })
  await reloaded
  expect(platform.codes.get(await inside('shared-phone', code))).toBe('lisi')
  expect(await inside('shared-phone', 'localStorage.getItem("seen")')).toBe('zhangsan')
})

it('opens a PC side panel in the window and returns its message to the opener', async () => {
  await open('zhangsan-pc')
  const opened = later(inside('zhangsan-pc', 'run("openPageInSlidePanelForPC", { url: location.origin + "/panel", title: "详情" })'))
  const panel = device('zhangsan-pc').locator('.panel')
  // Whatever keeps the panel from opening is told by the call.
  await Promise.race([panel.getByText('详情').waitFor(), opened])
  const frame = await (await panel.locator('iframe').elementHandle())?.contentFrame()
  await frame?.waitForFunction(() => 'run' in window)
  await frame?.evaluate('void run("quitPage", { message: "saved" })').catch(() => {})
  expect(await opened).toEqual({ ok: true, data: 'saved' })
})
