import type { FaultInput } from '../../../sandbox/dingtalk/platform/gateway/faults.ts'
import type { Reply, TestPlatform } from './open-platform.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestPlatform } from './open-platform.ts'

const PATH = '/topapi/v2/user/get'
let platform: TestPlatform

beforeAll(async () => {
  platform = await startTestPlatform()
})
beforeEach(() => platform.platform.control.clearFaults())
afterAll(() => platform.close())

function get(init: RequestInit = {}): Promise<Reply> {
  return platform.raw(`${PATH}?access_token=${platform.token}&userid=lisi`, { method: 'POST', ...init })
}

async function script(...faults: FaultInput[]): Promise<void> {
  const reply = await platform.raw('/__sandbox/faults', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults),
  })
  expect(reply.status).toBe(200)
}

describe('scripted faults', () => {
  it('answer error codes of both families', async () => {
    await script(
      { path: PATH, kind: 'errcode', errcode: -1, times: 1 },
      { path: PATH, kind: 'errcode', errcode: 88, subCode: '90002', errmsg: 'x', times: 1 },
    )
    expect((await get()).body).toMatchObject({ errcode: -1 })
    expect((await get()).body).toMatchObject({ errcode: 88, sub_code: '90002' })
    expect((await get()).body).toMatchObject({ errcode: 0 })
    await script({ path: '/v1.0/*', kind: 'code', status: 503, code: 'serviceBusy' })
    expect(await platform.modern('POST', '/v1.0/oauth2/jsapiTickets')).toMatchObject({ status: 503, body: { code: 'serviceBusy' } })
  })

  it('answer bare HTTP errors, HTML and the ban', async () => {
    await script({ path: PATH, kind: 'status', status: 500, times: 1 }, { path: PATH, kind: 'html', times: 1 }, { path: PATH, kind: 'ban', times: 1 })
    expect(await get()).toMatchObject({ status: 500, text: '' })
    const html = await get()
    expect(html.headers.get('content-type')).toContain('text/html')
    expect((await get()).body).toMatchObject({ status: 1111, punish: 'deny' })
  })

  it('cut the JSON, lose the answer, reset, or never answer', async () => {
    await script({ path: PATH, kind: 'truncate', times: 1 })
    const cut = await get()
    expect(cut.text).toContain('"errcode":0')
    expect(() => JSON.parse(cut.text) as unknown).toThrow()
    await script({ path: PATH, kind: 'reset', times: 1 })
    await expect(get()).rejects.toThrow()
    await script({ path: PATH, kind: 'hang', times: 1 })
    await expect(get({ signal: AbortSignal.timeout(150) })).rejects.toThrow()
    const code = platform.platform.control.code({ userid: 'lisi' })
    await script({ path: '/topapi/v2/user/getuserinfo', kind: 'lost-answer', times: 1 })
    await expect(platform.old('/topapi/v2/user/getuserinfo', { code })).rejects.toThrow()
    expect(await platform.old('/topapi/v2/user/getuserinfo', { code }), 'the lost call was carried out').toMatchObject({ errcode: 40078 })
  })

  it('are slow one by one or all together', async () => {
    await script({ path: PATH, kind: 'slow', ms: 120, times: 1 })
    const started = performance.now()
    expect((await get()).body).toMatchObject({ errcode: 0 })
    expect(performance.now() - started).toBeGreaterThanOrEqual(115)
    platform.platform.control.settings({ latencyMs: 60 })
    const again = performance.now()
    await get()
    expect(performance.now() - again).toBeGreaterThanOrEqual(55)
    platform.platform.control.settings({ latencyMs: 0 })
  })

  it('can make every token expire at a call', async () => {
    await script({ path: PATH, kind: 'expire-tokens', times: 1 })
    expect((await get()).body).toMatchObject({ errcode: 88, sub_code: '40014' })
    const { body } = await platform.raw(`/gettoken?appkey=${platform.app.clientId}&appsecret=${platform.app.clientSecret}`)
    expect(body.access_token).not.toBe(platform.token)
    platform.token = String(body.access_token)
  })

  it('strike after, every n-th, or by chance', async () => {
    await script({ path: '/topapi/*', kind: 'errcode', errcode: -1, after: 1, every: 2, times: 2 })
    const codes: unknown[] = []
    for (let index = 0; index < 7; index++) codes.push((await get()).body.errcode)
    expect(codes).toEqual([0, 0, -1, 0, -1, 0, 0])
    await script({ path: PATH, kind: 'errcode', errcode: -1, probability: 0 })
    expect((await get()).body.errcode).toBe(0)
    await script({ path: PATH, kind: 'errcode', errcode: -1, probability: 1 })
    expect((await get()).body.errcode).toBe(-1)
  })

  it('are listed, removed and checked', async () => {
    await script({ path: PATH, kind: 'hang' })
    const { faults } = (await platform.raw('/__sandbox/faults')).body as { faults: Array<{ id: number, kind: string }> }
    expect(faults).toMatchObject([{ kind: 'hang', seen: 0, hits: 0 }])
    expect((await platform.raw(`/__sandbox/faults/${faults[0]?.id}`, { method: 'DELETE' })).status).toBe(200)
    expect((await platform.raw('/__sandbox/faults/4711', { method: 'DELETE' })).status).toBe(400)
    const bad = await platform.raw('/__sandbox/faults', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"path":"/x","kind":"explode"}',
    })
    expect(bad.status).toBe(400)
    expect((await get()).body).toMatchObject({ errcode: 0 })
  })
})
