import type { Setup } from './upstream.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setUp } from './upstream.ts'

let setup: Setup
beforeAll(async () => {
  setup = await setUp((_req, res) => res.end())
})
afterAll(() => setup.close())

const phone = 'zhangsan-phone.localhost'
const pc = 'zhangsan-pc.localhost'
const inner = encodeURIComponent('http://crm.test/customers/7?tab=a#top')

async function resolve(host: string, url?: string): Promise<{ surface: string, url?: string, reason?: string }> {
  const { body } = await setup.ask('localhost', `/__container/resolve?host=${host}${url === undefined ? '' : `&url=${encodeURIComponent(url)}`}`)
  return JSON.parse(body) as { surface: string, url?: string, reason?: string }
}

function on(host: string, path: string): string {
  return `http://${host}:${setup.port}${path}`
}

describe('the homepage', () => {
  it('opens with the corp filled in, per kind of client', async () => {
    expect(await resolve(phone)).toEqual({ surface: 'page', url: on(phone, '/?corpId=dingcorp1') })
    expect(await resolve(pc)).toEqual({ surface: 'page', url: on(pc, '/?corpId=dingcorp1&pc=1') })
    expect((await setup.ask(phone, '/__container/open')).headers.location).toBe(on(phone, '/?corpId=dingcorp1'))
  })

  it('keeps $CORPID$ where the mode says so', async () => {
    await setup.control('mode', { host: 'lisi-phone.localhost', mode: { corpId: 'literal' } })
    expect((await resolve('lisi-phone.localhost')).url).toContain('corpId=$CORPID$')
  })

  it('may be DingTalk\'s sign-in page, which comes back with a code and the fixed state', async () => {
    setup.platform.app().mobileHomepage
      = 'https://login.dingtalk.com/oauth2/auth?redirect_uri=http%3A%2F%2Fcrm.test%2Fany&response_type=code&client_id=x&scope=openid&state=fixed&prompt=consent'
    const { url = '' } = await resolve(phone)
    setup.platform.app().mobileHomepage = 'http://crm.test/?corpId=$CORPID$'
    const { searchParams, origin, pathname } = new URL(url)
    expect(origin + pathname).toBe(on(phone, '/any'))
    expect(searchParams.get('state')).toBe('fixed')
    expect(searchParams.get('code')).toMatch(/^\w{32}$/)
    expect(searchParams.get('authCode')).toBe(searchParams.get('code'))
  })
})

describe('links in messages', () => {
  const page = '/customers/7?tab=a#top'

  it.each([
    ['http://crm.test/customers/7?tab=a#top', 'page', 'external'],
    [`dingtalk://dingtalkclient/page/link?url=${inner}`, 'page', 'external'],
    [`dingtalk://dingtalkclient/page/link?url=${inner}&pc_slide=true`, 'page', 'slide'],
    [
      `dingtalk://dingtalkclient/action/openapp?corpid=dingcorp1&container_type=work_platform&app_id=0_42&redirect_type=jump&redirect_url=${inner}`,
      'page',
      'page',
    ],
    [
      `https://applink.dingtalk.com/page/h5_app_open?appId=42&appType=2&corpId=dingcorp1&path=${encodeURIComponent('/customers/7?tab=a#top')}`,
      'page',
      'page',
    ],
    [
      `https://applink.dingtalk.com/page/h5_app_open?appId=42&appType=2&corpId=dingcorp1&targetDesktop=panel&path=${encodeURIComponent('/customers/7?tab=a#top')}`,
      'page',
      'slide',
    ],
    [`https://applink.dingtalk.com/page/link?url=${inner}`, 'page', 'external'],
    [`https://applink.dingtalk.com/page/link?url=${inner}&targetDesktop=popupWindow`, 'page', 'modal'],
  ])('%s', async (link, mobile, desktop) => {
    expect(await resolve(phone, link)).toEqual({ surface: mobile, url: on(phone, page) })
    expect(await resolve(pc, link)).toEqual({ surface: desktop, url: desktop === 'external' ? `http://crm.test${page}` : on(pc, page) })
  })

  it('with ddtab=true open in the workbench', async () => {
    expect((await resolve(pc, `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent('http://crm.test/a?ddtab=true')}`)).surface).toBe('page')
  })

  it('to other sites stay what they are', async () => {
    expect(await resolve(phone, 'https://example.com/x')).toEqual({ surface: 'page', url: 'https://example.com/x' })
  })

  it.each([
    'dingtalk://dingtalkclient/action/openapp?corpid=other&app_id=0_42',
    'dingtalk://dingtalkclient/action/openapp?corpid=dingcorp1&app_id=0_1',
    'dingtalk://dingtalkclient/page/unknown',
    'dingtalk://dingtalkclient/page/link',
    'https://applink.dingtalk.com/page/h5_app_open?appId=1&corpId=dingcorp1',
    'javascript:alert(1)',
  ])('%s opens nothing and says why', async (link) => {
    expect(await resolve(phone, link)).toEqual({ surface: 'invalid', reason: expect.stringMatching(/.{4,}/) })
  })
})
