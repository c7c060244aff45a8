import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startContainer } from '../../sandbox/dingtalk/container/index.ts'
import { launchBrowser } from '../support/browser.ts'
import { later } from '../support/later.ts'
import { stubPlatform } from '../unit/sandbox-container/stub-platform.ts'
import { bundlePage, serveApp } from './container/app.ts'

interface Outcome {
  ok: boolean
  data: unknown
}

declare const run: (name: string, params: Record<string, unknown>) => Promise<Outcome>
declare const invoke: (method: string, params: Record<string, unknown>) => Promise<Outcome>
declare const __dingtalkContainer: { emitPc: (name: string, data: object) => boolean }
declare const dd: typeof import('dingtalk-jsapi/entry/union')

const platform = stubPlatform()
let app: Awaited<ReturnType<typeof serveApp>>
let container: Awaited<ReturnType<typeof startContainer>>
let browser: Browser

beforeAll(async () => {
  app = await serveApp(await bundlePage())
  container = await startContainer({ platform, h5Url: app.url, port: 0 })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await container?.close()
  app?.close()
})

function address(host: string): string {
  return container.url.replace('localhost', `${host}.localhost`)
}

async function open(host: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(address(host))
  await page.waitForFunction(() => 'run' in window)
  return page
}

async function control(path: string, body: object): Promise<void> {
  const response = await fetch(`${container.url}/__container/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
}

function login(page: Page, params = { corpId: 'dingcorp1', clientId: 'dingclient1' }): Promise<Outcome> {
  return page.evaluate(params => run('requestAuthCode', params), params)
}

const kinds = [
  { host: 'zhangsan-phone', platform: 'ios', sub: 'noSub' },
  { host: 'zhangsan-android', platform: 'android', sub: 'noSub' },
  { host: 'zhangsan-harmony', platform: 'harmony', sub: 'noSub' },
  { host: 'zhangsan-pc', platform: 'pc', sub: 'win' },
  { host: 'zhangsan-mac', platform: 'pc', sub: 'mac' },
]

describe.each(kinds)('the real SDK on $host', ({ host, platform: expected, sub }) => {
  it('recognises the client and gets a login code for its employee', async () => {
    const page = await open(host)
    expect(await page.evaluate(() => dd.env)).toMatchObject({ platform: expected, platformSub: sub, version: expect.stringMatching(/^7\.6\.0/) })
    const { ok, data } = await login(page)
    expect(ok).toBe(true)
    expect(platform.codes.get((data as { code: string }).code)).toBe('zhangsan')
    await page.close()
  })

  it('rejects a foreign corp with the platform\'s error and an unknown method with code 1', async () => {
    const page = await open(host)
    expect(await login(page, { corpId: 'dingother', clientId: 'dingclient1' })).toEqual({
      ok: false,
      data: { errorCode: '3', errorMessage: 'invalid corpid' },
    })
    expect(await page.evaluate(() => invoke('biz.nonsense.method', {}))).toMatchObject({ ok: false, data: { errorCode: '1' } })
    await page.close()
  })

  it('answers once the late bridge appears', async () => {
    await control('mode', { host: `${host}.localhost`, mode: { bridge: 'late', lateMs: 200 } })
    const page = await open(host)
    expect(await login(page)).toMatchObject({ ok: true })
    await page.close()
    await control('mode', { host: `${host}.localhost`, mode: { bridge: 'normal' } })
  })

  it('never answers without a bridge', async () => {
    await control('mode', { host: `${host}.localhost`, mode: { bridge: 'none' } })
    const page = await open(host)
    const first = await page.evaluate(() =>
      Promise.race([
        run('requestAuthCode', { corpId: 'dingcorp1', clientId: 'dingclient1' }),
        new Promise(resolve => setTimeout(resolve, 700, 'silence')),
      ]),
    )
    expect(first).toBe('silence')
    expect(await page.evaluate(() => dd.env.platform)).toBe(expected)
    await page.close()
    await control('mode', { host: `${host}.localhost`, mode: { bridge: 'normal' } })
  })

  it('refuses a protected call until dd.config was verified, then shows the picker', async () => {
    const page = await open(host)
    expect(await page.evaluate(() => run('complexChoose', { corpId: 'dingcorp1' }))).toMatchObject({ ok: false, data: { errorCode: '7' } })
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          dd.ready(() => resolve())
          dd.config({ agentId: '42', corpId: 'dingcorp1', timeStamp: 1, nonceStr: 'n', signature: 'good', jsApiList: ['biz.contact.complexPicker'] })
        }),
    )
    const picked = later(page.evaluate(() => run('complexChoose', { corpId: 'dingcorp1', multiple: true, responseUserOnly: true })))
    await page.getByText('销售部').click()
    await page.getByText('张三').click()
    await page.getByRole('button', { name: '确定(1)' }).click()
    expect(await picked).toEqual({ ok: true, data: { selectedCount: 1, users: [{ name: '张三', avatar: '', emplId: 'zhangsan' }], departments: [] } })
    await page.close()
  })

  it('reports a wrong signature to dd.error', async () => {
    const page = await open(host)
    const error = await page.evaluate(
      () =>
        new Promise((resolve) => {
          dd.error(resolve)
          dd.config({ agentId: '42', corpId: 'dingcorp1', timeStamp: 1, nonceStr: 'n', signature: 'bad', jsApiList: ['biz.contact.complexPicker'] })
        }),
    )
    expect(error).toMatchObject({ errorCode: '52013' })
    await page.close()
  })

  it('draws dialogs a person can answer or cancel, and remembers storage', async () => {
    const page = await open(host)
    const sheet = later(page.evaluate(() => run('showActionSheet', { title: '更多', items: ['编辑', '删除'], cancelButtonText: '取消' })))
    await page.getByRole('button', { name: '删除' }).click()
    expect(await sheet).toMatchObject({ ok: true, data: { buttonIndex: 1 } })
    const cancelled = later(page.evaluate(() => run('showActionSheet', { title: '更多', items: ['编辑'], cancelButtonText: '取消' })))
    await page.getByRole('button', { name: '取消' }).click()
    expect(await cancelled).toMatchObject({ ok: true, data: { buttonIndex: -1 } })
    const said = later(page.evaluate(() => run('alert', { title: '提示', content: '已保存', buttonText: '知道了' })))
    await page.getByRole('button', { name: '知道了' }).click()
    expect(await said).toMatchObject({ ok: true })
    await page.evaluate(() => run('showToast', { type: 'success', content: '保存成功', duration: 2000 }))
    await page.getByText('保存成功').waitFor()
    await page.evaluate(() => run('setStorage', { key: 'draft', data: 'hello' }))
    expect(await page.evaluate(() => run('getStorage', { key: 'draft' }))).toMatchObject({ ok: true, data: { value: 'hello' } })
    await page.close()
  })
})

describe('modes and the frame', () => {
  it('keeps an old client from knowing the new login method', async () => {
    await control('mode', { host: 'lisi-android.localhost', mode: { client: 'old' } })
    const page = await open('lisi-android')
    expect(await login(page)).toMatchObject({ ok: false, data: { errorCode: '1' } })
    expect(await page.evaluate(() => invoke('runtime.permission.requestAuthCode', { corpId: 'dingcorp1' }))).toMatchObject({ ok: true })
    expect(await page.evaluate(() => dd.env.version)).toBe('7.0.40')
    await page.close()
  })

  it.each([
    ['cancel', '-1'],
    ['unknown-domain', '3'],
    ['wrong-corp', '3'],
  ])('fails the login as %s', async (mode, errorCode) => {
    await control('mode', { host: 'lisi-phone.localhost', mode: { login: mode } })
    const page = await open('lisi-phone')
    expect(await login(page)).toMatchObject({ ok: false, data: { errorCode } })
    await page.close()
  })

  it('rejects every call when the Android runtime fails', async () => {
    await control('mode', { host: 'zhangsan-android.localhost', mode: { bridge: 'failed', lateMs: 60_000 } })
    // The SDK listens from its first call on, and the failure is announced once: it must not come before the call.
    const page = await browser.newPage()
    await page.clock.install()
    await page.goto(address('zhangsan-android'))
    await page.waitForFunction(() => 'run' in window)
    const answer = login(page)
    await page.clock.fastForward(60_000)
    expect(await answer).toMatchObject({ ok: false, data: { errorCode: '2' } })
    await page.close()
    await control('mode', { host: 'zhangsan-android.localhost', mode: { bridge: 'normal' } })
  })

  it('lets an iOS page take over the back button', async () => {
    const page = await open('zhangsan-phone')
    await page.evaluate(() =>
      run('setNavigationLeft', {
        control: true,
        text: '返回',
        onSuccess: () => {
          document.title = 'asked'
        },
      }),
    )
    await page.evaluate('__dingtalkContainer.back()')
    await page.waitForFunction(() => document.title === 'asked')
    await page.close()
  })

  it('lets an Android page stop the back key', async () => {
    const page = await open('zhangsan-android')
    await page.evaluate(() => {
      history.pushState({}, '', '/second')
      document.addEventListener('backbutton', event => event.preventDefault(), { once: true })
    })
    await page.evaluate('__dingtalkContainer.back()')
    expect(new URL(page.url()).pathname).toBe('/second')
    await page.evaluate('__dingtalkContainer.back()')
    await page.waitForURL(url => url.pathname === '/')
    await page.close()
  })

  it('opens a PC side panel and hands its message to the opener', async () => {
    const page = await open('zhangsan-pc')
    const opened = later(page.evaluate(() => run('openPageInSlidePanelForPC', { url: `${location.origin}/panel`, title: '详情' })))
    const frame = await page.waitForEvent('frameattached').then(async (frame) => {
      await frame.waitForFunction(() => 'run' in window)
      return frame
    })
    void frame.evaluate(() => run('quitPage', { message: 'saved' })).catch(() => {})
    expect(await opened).toEqual({ ok: true, data: 'saved' })
    await page.close()
  })

  it('passes PC events through the channel the SDK opened', async () => {
    const page = await open('zhangsan-mac')
    await page.evaluate(() =>
      dd.on('leftBtnClick', () => {
        document.title = 'left'
      }),
    )
    await page.waitForFunction(() => __dingtalkContainer.emitPc('leftBtnClick', {}))
    await page.waitForFunction(() => document.title === 'left')
    await page.close()
  })

  it('logs calls with their outcome', async () => {
    const page = await open('lisi-mac')
    await page.evaluate(() => run('setNavigationTitle', { title: '客户' }))
    const calls: { method: string, state: string, params: unknown }[] = await (
      await fetch(`${container.url}/__container/calls?host=lisi-mac.localhost`)
    ).json()
    expect(calls).toMatchObject([{ method: 'biz.navigation.setTitle', state: 'ok', params: { title: '客户' } }])
    await page.close()
  })
})
