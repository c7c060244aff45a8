import type { DingTalkErrorDetails } from '../../../server/dingtalk/errors/dingtalk-error.ts'
import type { Answer } from './platform.ts'
import { describe, expect, it } from 'vitest'
import { maxRetries, retryDelay } from '../../../server/dingtalk/calls/retry.ts'
import { DingTalkError } from '../../../server/dingtalk/errors/dingtalk-error.ts'
import { openEnvelope } from '../../../server/dingtalk/transport/envelope.ts'
import { clientOf, startPlatform } from './platform.ts'

const countPath = '/topapi/user/count'
const seven: Answer = { json: { errcode: 0, result: { count: 7 } } }

function failure(details: Partial<DingTalkErrorDetails>): DingTalkError {
  return new DingTalkError({ reason: '-1', api: 'a', httpStatus: 200, outcome: 'unknown', ...details })
}

/** The error our client makes of this answer of the old family. */
function oldError(body: object, status = 200): DingTalkError {
  const opened = openEnvelope({ status, contentType: 'application/json', text: JSON.stringify(body) }, 'oapi', 0)
  if (opened.ok)
    throw new Error('expected an error')
  return new DingTalkError({ ...opened.error, api: 'a' })
}

describe('retry rules (dingtalk-server-api §9.2)', () => {
  const transient = [
    oldError({ errcode: -1 }),
    oldError({ errcode: 15, sub_code: 'isp.-1' }),
    oldError({}, 503),
    oldError({}, 504),
    oldError({}, 502),
    failure({ reason: 'network', text: 'ECONNRESET' }),
    failure({ reason: 'timeout' }),
    failure({ reason: 'broken_answer' }),
  ]
  const throttled = [
    oldError({ errcode: 88, sub_code: '90018' }),
    oldError({ errcode: 90002 }),
    oldError({ code: 'x' }, 429),
    failure({ reason: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', httpStatus: 403, outcome: 'rejected' }),
  ]
  const final = ['60011', '60020', '50002', '400002', '60121', '40078', '90020'].map(code => oldError({ errcode: Number(code) }))

  it('repeats reads after 1, 2 and 4 seconds plus jitter, three times at most', () => {
    for (const error of transient) {
      expect([1, 2, 3, 4].map(attempt => retryDelay(error, 'read', attempt, 0))).toEqual([1000, 2000, 4000, undefined])
      expect(retryDelay(error, 'read', 1, 1)).toBeGreaterThan(1000)
    }
    expect(maxRetries).toBe(3)
  })

  it('never repeats a one-time call whose fate is unknown', () => {
    for (const error of transient) expect(retryDelay(error, 'once', 1, 0)).toBeUndefined()
  })

  it('repeats anything that was rejected for being too fast, or never left this machine', () => {
    for (const error of [...throttled, failure({ reason: 'network', text: 'ECONNREFUSED', outcome: 'rejected' })]) {
      expect(retryDelay(error, 'once', 1, 0)).toBe(1000)
      expect(retryDelay(error, 'read', 2, 0)).toBe(2000)
    }
  })

  it('never repeats what will stay wrong', () => {
    for (const error of [...final, failure({ reason: 'ip_banned' }), failure({ reason: 'unexpected_shape' }), failure({ reason: 'not_configured' })])
      expect(retryDelay(error, 'read', 1, 0)).toBeUndefined()
  })

  it('respects the end time DingTalk names, and gives up when it is far away', () => {
    expect(retryDelay(failure({ reason: '90002', outcome: 'rejected', retryAfter: 12 }), 'read', 1, 0)).toBe(12_000)
    expect(retryDelay(failure({ reason: '90002', outcome: 'rejected', retryAfter: 90 }), 'read', 1, 0)).toBeUndefined()
    expect(retryDelay(failure({ reason: '90002', outcome: 'rejected', retryAfter: 90 }), 'read', 1, 0, 'sync')).toBe(90_000)
    expect(retryDelay(failure({ reason: '90002', outcome: 'rejected', retryAfter: 301 }), 'read', 1, 0, 'sync')).toBeUndefined()
  })
})

describe('retries over HTTP', () => {
  it.each<[string, Answer]>([
    ['reset connection', 'reset'],
    ['truncated JSON', { text: '{"errcode":0,"resu' }],
    ['HTTP 500', { status: 500, text: 'oops' }],
    ['busy', { json: { errcode: -1, errmsg: '系统繁忙' } }],
  ])('mend a read after: %s', async (_name, first) => {
    const platform = await startPlatform({ [countPath]: (_seen, nth) => (nth === 1 ? first : seven) })
    await expect(clientOf(platform).contacts.countUsers(false)).resolves.toBe(7)
    expect(platform.of(countPath)).toHaveLength(2)
  })

  it.each<[string, object]>([
    ['nothing', { errcode: 0 }],
    ['null', { errcode: 0, result: null }],
    ['an empty object', { errcode: 0, result: {} }],
  ])('mend a list that came as %s, which is not an empty one', async (_name, json) => {
    const paths = ['/topapi/v2/department/listsub', '/topapi/v2/user/list'] as const
    const whole = [{ errcode: 0, result: [] }, { errcode: 0, result: { has_more: false, list: [] } }]
    const platform = await startPlatform(Object.fromEntries(paths.map((path, at) => [path, (_seen: unknown, nth: number) => ({ json: nth === 1 ? json : whole[at]! })])))
    const { contacts } = clientOf(platform)
    expect(await Promise.all([contacts.listSubDepartments(1), contacts.listUsers(1)])).toEqual([[], { members: [], nextCursor: undefined }])
    for (const path of paths) expect(platform.of(path)).toHaveLength(2)
  })

  it('do not touch a message that may have been accepted', async () => {
    const path = '/topapi/message/corpconversation/asyncsend_v2'
    const platform = await startPlatform({ [path]: 'reset' })
    await expect(
      clientOf(platform).messages.sendWorkNotification({ userids: ['u1'], message: { msgtype: 'text', text: { content: '好' } } }),
    ).rejects.toMatchObject({ reason: 'network', outcome: 'unknown' })
    expect(platform.of(path)).toHaveLength(1)
  })

  it('stop at the time limit', async () => {
    const platform = await startPlatform({ '/topapi/v2/user/getuserinfo': 'hang' })
    await expect(clientOf(platform, { timeouts: { login: 80 } }).login.exchangeCode('c')).rejects.toMatchObject({
      reason: 'timeout',
      outcome: 'unknown',
      httpStatus: 0,
    })
  })

  it('stop when the caller loses interest', async () => {
    const platform = await startPlatform({ [countPath]: 'hang' })
    const caller = new AbortController()
    const pending = clientOf(platform).contacts.countUsers(true, { signal: caller.signal })
    await expect.poll(() => platform.of(countPath).length).toBe(1)
    caller.abort(new Error('gone'))
    await expect(pending).rejects.toThrow('gone')
  })

  it('mend a read after a web page, and stop nothing while answers come in between', async () => {
    const page = { text: '<html>502</html>', type: 'text/html' }
    // Two pages, then an answer, twice: four pages, but never three without a good answer between them.
    const platform = await startPlatform({ [countPath]: (_seen, nth) => (nth % 3 === 0 ? seven : page) })
    const dingtalk = clientOf(platform)
    expect(await dingtalk.contacts.countUsers(true)).toBe(7)
    expect(await dingtalk.contacts.countUsers(true)).toBe(7)
    expect(platform.of(countPath)).toHaveLength(6)
    expect(dingtalk.limits.bannedSeconds()).toBe(0)
  }, 20_000)

  it('are blocked for everything once the IP is banned', async () => {
    const platform = await startPlatform({ [countPath]: { text: '<html>punish</html>', type: 'text/html' } })
    const dingtalk = clientOf(platform)
    const both = await Promise.allSettled([true, false].map(active => dingtalk.contacts.countUsers(active)))
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(both).toContainEqual({ status: 'rejected', reason: expect.objectContaining({ reason: 'ip_banned', retryAfter: 300 }) as unknown })
    await expect(dingtalk.contacts.listAdmins()).rejects.toMatchObject({ reason: 'ip_banned' })
    expect(dingtalk.limits.bannedSeconds()).toBeGreaterThan(290)
    expect(platform.of('/topapi/user/listadmin')).toHaveLength(0)
  }, 20_000)

  it('stop nothing for the pages of one call alone', async () => {
    const platform = await startPlatform({ [countPath]: { text: '<html>502</html>', type: 'text/html' }, '/topapi/user/listadmin': { json: { errcode: 0, result: [] } } })
    const dingtalk = clientOf(platform)
    await expect(dingtalk.contacts.countUsers(true)).rejects.toMatchObject({ reason: 'broken_answer' })
    expect(dingtalk.limits.bannedSeconds()).toBe(0)
    expect(await dingtalk.contacts.listAdmins()).toEqual([])
  }, 20_000)

  it('reports a platform that cannot be reached', async () => {
    const platform = await startPlatform({})
    const dingtalk = clientOf(platform, { hosts: { api: 'http://127.0.0.1:1', oapi: 'http://127.0.0.1:1', login: '' } })
    await expect(dingtalk.contacts.countUsers(true)).rejects.toMatchObject({ reason: 'network', text: 'ECONNREFUSED', outcome: 'rejected' })
  })

  it('refuses an answer that is far too large', async () => {
    const platform = await startPlatform({ [countPath]: { text: `{"errcode":0,"x":"${'x'.repeat(9 * 1024 * 1024)}"}` } })
    await expect(clientOf(platform).contacts.countUsers(true)).rejects.toMatchObject({ reason: 'too_large' })
  })
})
