import type { RawReply } from '../../../server/dingtalk/transport/envelope.ts'
import { describe, expect, it } from 'vitest'
import { openEnvelope } from '../../../server/dingtalk/transport/envelope.ts'

const now = Date.parse('2026-09-11T10:00:00+08:00')

function open(body: unknown, { family = 'oapi', ...reply }: Partial<RawReply> & { family?: 'oapi' | 'api' } = {}) {
  return openEnvelope(
    { status: 200, contentType: 'application/json;charset=utf-8', text: typeof body === 'string' ? body : JSON.stringify(body), ...reply },
    family,
    now,
  )
}

/** The error of an answer that must be one. */
function errorOf(...args: Parameters<typeof open>) {
  const opened = open(...args)
  if (opened.ok)
    throw new Error('expected an error')
  return opened.error
}

describe('error envelopes (dingtalk-server-api §1.7)', () => {
  it('accepts success of both families', () => {
    expect(open({ errcode: 0, task_id: 7 })).toEqual({ ok: true, body: { errcode: 0, task_id: 7 } })
    expect(open({ accessToken: 'x' }, { family: 'api' })).toMatchObject({ ok: true })
    expect(open('[]', { family: 'api' })).toMatchObject({ ok: true, body: [] })
  })

  it('reads the string sub_code inside 88', () => {
    expect(
      errorOf({
        errcode: 88,
        sub_code: '40014',
        sub_msg: '不合法的access_token',
        errmsg: 'ding talk error[subcode=40014,submsg=不合法的access_token]',
        request_id: '16l4',
      }),
    ).toMatchObject({ reason: '40014', errcode: 88, text: '不合法的access_token', requestId: '16l4', httpStatus: 200, outcome: 'rejected' })
  })

  it('reads a plain errcode', () => {
    expect(errorOf({ errcode: 60121, errmsg: '找不到该用户', request_id: 'r' })).toMatchObject({
      reason: '60121',
      text: '找不到该用户',
      outcome: 'rejected',
    })
    expect(errorOf({ errcode: 40096, errmsg: '不合法的appKey或appSecret' })).toMatchObject({ reason: '40096' })
    expect(errorOf({ errcode: 404, errmsg: '请求的URI地址不存在' })).toMatchObject({ reason: '404' })
    expect(errorOf({ errcode: 22, sub_msg: '不合法ApiName，ApiName = x', errmsg: 'Invalid method' })).toMatchObject({
      reason: '22',
      text: '不合法ApiName，ApiName = x',
    })
  })

  it('finds the missing permission and the apply link in the old family', () => {
    const sub
      = '应用尚未开通所需的权限：[qyapi_get_member_by_mobile]，点击链接申请并开通即可：https://open-dev.dingtalk.com/appscope/apply?content=dingabc%23qyapi_get_member_by_mobile, {requiredScopes=[qyapi_get_member_by_mobile]}'
    expect(errorOf({ errcode: 88, sub_code: '60011', sub_msg: sub })).toMatchObject({
      reason: '60011',
      requiredScopes: ['qyapi_get_member_by_mobile'],
      applyUrl: 'https://open-dev.dingtalk.com/appscope/apply?content=dingabc%23qyapi_get_member_by_mobile',
    })
    expect(errorOf({ errcode: 88, sub_code: '60011', sub_msg: '应用尚未开通所需的权限：[a_b,c.D]，…' })).toMatchObject({
      requiredScopes: ['a_b', 'c.D'],
    })
  })

  it('never turns a foreign link into one of ours', () => {
    expect(
      errorOf({ errcode: 60011, errmsg: 'https://evil.example/appscope/apply?content=x https://open-dev.dingtalk.com.evil.example/appscope/apply?x' })
        .applyUrl,
    ).toBeUndefined()
  })

  it('finds the IP and the app key', () => {
    expect(errorOf({ errcode: 88, sub_code: '60020', sub_msg: '访问ip不在白名单之中,request ip=1.2.3.4 appKey(dingxxx)' })).toMatchObject({
      ip: '1.2.3.4',
      appKey: 'dingxxx',
    })
    expect(
      errorOf(
        { code: 'Forbidden.AccessDenied.IpNotInWhiteList', requestid: 'q', message: 'request ip=2408:4001::1 appKey(k)' },
        { status: 403, family: 'api' },
      ),
    ).toMatchObject({ ip: '2408:4001::1', appKey: 'k', httpStatus: 403 })
  })

  it('reads the new family', () => {
    expect(
      errorOf({ code: 'InvalidAuthentication', requestid: '01A0', message: '不合法的access_token' }, { status: 400, family: 'api' }),
    ).toMatchObject({ reason: 'InvalidAuthentication', requestId: '01A0', text: '不合法的access_token', httpStatus: 400, outcome: 'rejected' })
    expect(
      errorOf(
        {
          code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
          requestid: 'e',
          message: 'm',
          accessdenieddetail: { requiredScopes: ['Contact.User.Read'] },
        },
        { status: 403, family: 'api' },
      ),
    ).toMatchObject({ requiredScopes: ['Contact.User.Read'] })
  })

  it('knows what was certainly not executed and what may have been', () => {
    for (const rejected of [{ errcode: 88, sub_code: '90018' }, { errcode: 90002 }, { errcode: 50002 }])
      expect(errorOf(rejected)).toMatchObject({ outcome: 'rejected' })
    for (const unknown of [
      { errcode: -1, errmsg: '系统繁忙' },
      { errcode: 15, sub_code: 'isp.-1', sub_msg: '服务不可用' },
      { errcode: 15, sub_code: 'isp.top-remote-connection-timeout' },
      { errcode: 88, sub_code: '' },
    ])
      expect(errorOf(unknown)).toMatchObject({ outcome: 'unknown' })
    expect(errorOf({ code: 'timeout', message: '' }, { status: 504, family: 'api' })).toMatchObject({ outcome: 'unknown' })
    expect(errorOf({ code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' }, { status: 403, family: 'api' })).toMatchObject({
      outcome: 'rejected',
      retryAfter: 1,
    })
  })

  it('reads the end of a global throttle as Beijing time', () => {
    const text
      = 'apiPath(dingtalk.oapi.v2.department.listsub), 从 2026-09-11 09:59:00 到 2026-09-11 10:00:00 请求总次数超过 1200 次, 限制将在 2026-09-11 10:00:37 结束'
    expect(errorOf({ errcode: 88, sub_code: '90002', sub_msg: text })).toMatchObject({ reason: '90002', retryAfter: 37 })
    expect(errorOf({ errcode: 88, sub_code: '90002', sub_msg: '限制将在 2026-09-11 09:00:00 结束' })).toMatchObject({ retryAfter: 1 })
  })

  it('recognises an IP ban in both forms', () => {
    expect(errorOf({ status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: 'x' })).toMatchObject({
      reason: 'ip_banned',
      retryAfter: 300,
      outcome: 'rejected',
    })
    expect(errorOf('<!DOCTYPE html><html>punish</html>', { contentType: 'text/html' })).toMatchObject({ reason: 'ip_banned' })
    expect(errorOf('<html>', { status: 403, family: 'api' })).toMatchObject({ reason: 'ip_banned' })
  })

  it('does not take a gateway page, a wrong address or a redirect for a ban', () => {
    for (const status of [502, 503, 404, 407, 302])
      expect(errorOf('<html>', { status, contentType: 'text/html' })).toMatchObject({ reason: `http_${status}` })
  })

  it('notices broken answers', () => {
    expect(errorOf('{"errcode":0,"result":{"userid":"u')).toMatchObject({ reason: 'broken_answer', outcome: 'unknown' })
    expect(errorOf('')).toMatchObject({ reason: 'broken_answer' })
    expect(errorOf({ result: {} })).toMatchObject({ reason: 'unexpected_shape' })
    expect(errorOf({ hello: 1 }, { status: 500, family: 'api' })).toMatchObject({ reason: 'http_500', outcome: 'unknown' })
  })
})
