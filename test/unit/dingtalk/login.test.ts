import type { CallInfo } from '../../../server/dingtalk/index.ts'
import { describe, expect, it } from 'vitest'
import { clientOf, startPlatform } from './platform.ts'

const path = '/topapi/v2/user/getuserinfo'
const person = {
  json: {
    errcode: 0,
    errmsg: 'ok',
    result: { userid: 'u1', unionid: 'un1', name: '张三', sys: true, sys_level: 1, device_id: 'd1', associated_unionid: 'a1' },
    request_id: 'r',
  },
}

describe('in-container login', () => {
  it('reads who the code belongs to', async () => {
    const platform = await startPlatform({ [path]: person })
    await expect(clientOf(platform).login.exchangeCode('code-1')).resolves.toEqual({
      userid: 'u1',
      unionid: 'un1',
      name: '张三',
      sys: true,
      sysLevel: 1,
      deviceId: 'd1',
      associatedUnionid: 'a1',
    })
    expect(platform.of(path)[0]?.query.get('access_token')).toBe('token-number-one')
    expect(platform.of(path)[0]?.body).toEqual({ code: 'code-1' })
  })

  it('costs exactly one call when the token is warm', async () => {
    const platform = await startPlatform({ [path]: person })
    const dingtalk = clientOf(platform)
    await dingtalk.token.get()
    const before = platform.calls.length
    await dingtalk.login.exchangeCode('code-1')
    expect(platform.calls.slice(before).map(call => call.path)).toEqual([path])
  })

  it('never sends a code twice when the answer got lost', async () => {
    for (const lost of ['reset', { status: 500, text: '' }, { text: '{"errcode":0,"resu' }, { json: { errcode: -1, errmsg: '系统繁忙' } }] as const) {
      const platform = await startPlatform({ [path]: lost })
      await expect(clientOf(platform).login.exchangeCode('code-1')).rejects.toMatchObject({ name: 'DingTalkError', outcome: 'unknown' })
      expect(platform.of(path)).toHaveLength(1)
    }
  })

  it('sends a code again when DingTalk refused to look at it', async () => {
    const platform = await startPlatform({
      [path]: (_seen, nth) => (nth === 1 ? { json: { errcode: 88, sub_code: '90018', sub_msg: 'qps' } } : person),
    })
    await expect(clientOf(platform).login.exchangeCode('code-1')).resolves.toMatchObject({ userid: 'u1' })
    expect(platform.of(path)).toHaveLength(2)
  })

  it('tells a stale code apart and keeps code, secret and token out of the error', async () => {
    const platform = await startPlatform({
      [path]: seen => ({
        json: { errcode: 40078, errmsg: `不存在的临时授权码 ${seen.body.code} ${seen.query.get('access_token')}`, request_id: 'rid' },
      }),
    })
    const error: unknown = await clientOf(platform)
      .login
      .exchangeCode('the-one-time-code')
      .catch((error: unknown) => error)
    expect(error).toMatchObject({ reason: '40078', requestId: 'rid', api: path, httpStatus: 200, outcome: 'rejected' })
    expect(JSON.stringify(error) + String(error)).not.toMatch(/the-one-time-code|token-number-one|S3cret/)
  })

  it('turns people away before queueing when the queue is too long, at different times', async () => {
    const platform = await startPlatform({ [path]: person })
    const dingtalk = clientOf(platform, { limits: { perApi: 5, maxLoginQueueSeconds: 1 } })
    const results = await Promise.allSettled(Array.from({ length: 40 }, (_, i) => dingtalk.login.exchangeCode(`code-${i}`)))
    const refused = results.flatMap(result => (result.status === 'rejected' ? [result.reason] : []))
    expect(results.filter(result => result.status === 'fulfilled').length).toBeLessThan(12)
    expect(refused.every(error => error.reason === 'busy' && error.retryAfter >= 1)).toBe(true)
    expect(new Set(refused.map(error => error.retryAfter)).size).toBeGreaterThan(3)
    expect(platform.of(path)).toHaveLength(40 - refused.length)
  })

  it('reports every call for the metrics', async () => {
    const infos: CallInfo[] = []
    const platform = await startPlatform({ [path]: { json: { errcode: 40079, errmsg: '不存在的授权信息' } } })
    await clientOf(platform, { onCall: info => infos.push(info) })
      .login
      .exchangeCode('c')
      .catch(() => {})
    expect(infos).toMatchObject([
      { api: '/v1.0/oauth2/accessToken', errcode: '0', status: 200, attempt: 1 },
      { api: path, errcode: '40079', status: 200, attempt: 1 },
    ])
  })
})
