import type { TestPlatform } from './open-platform.ts'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestPlatform } from './open-platform.ts'

let platform: TestPlatform
let ticket: string

beforeAll(async () => {
  platform = await startTestPlatform()
  ticket = String((await platform.modern('POST', '/v1.0/oauth2/jsapiTickets')).body.jsapiTicket)
})
afterAll(() => platform.close())

function config(signedUrl: string, changes: object = {}): Parameters<TestPlatform['platform']['verifyJsapiConfig']>[0] {
  const signature = createHash('sha256').update(`jsapi_ticket=${ticket}&noncestr=n0&timestamp=1700000000000&url=${signedUrl}`).digest('hex')
  return {
    agentId: String(platform.app.agentId),
    corpId: platform.app.corpId,
    timeStamp: '1700000000000',
    nonceStr: 'n0',
    signature,
    url: signedUrl,
    ...changes,
  }
}

const URL_A = 'https://crm.example.com/app?corpId=x'

describe('dd.config (row 23)', () => {
  it('accepts a right signature, hash cut off, query decoded or not', () => {
    expect(platform.platform.verifyJsapiConfig(config(URL_A))).toBeUndefined()
    expect(platform.platform.verifyJsapiConfig(config(URL_A, { url: `${URL_A}#/leads` }))).toBeUndefined()
    expect(
      platform.platform.verifyJsapiConfig(config('https://crm.example.com/?name=张三', { url: 'https://crm.example.com/?name=%E5%BC%A0%E4%B8%89' })),
    ).toBeUndefined()
  })

  it.each([
    [{ url: 'https://crm.example.com/other' }, '52013'],
    [{ url: 'https://crm.example.com:443/app?corpId=x' }, '52013'],
    [{ signature: 'f'.repeat(64) }, '52013'],
    [{ agentId: '1' }, '52019'],
    [{ corpId: 'dingother' }, '52010'],
    [{ url: '/app' }, '52014'],
    [{ nonceStr: '' }, '52015'],
    [{ signature: '' }, '52016'],
    [{ timeStamp: 'now' }, '52018'],
  ])('answers %o with %s', (changes, errorCode) => {
    expect(platform.platform.verifyJsapiConfig(config(URL_A, changes))).toMatchObject({ errorCode })
  })

  it('forgets the ticket after two hours', () => {
    platform.platform.control.shiftClock(7200_000)
    expect(platform.platform.verifyJsapiConfig(config(URL_A))).toMatchObject({ errorCode: '52011' })
  })
})
