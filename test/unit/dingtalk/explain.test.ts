import { describe, expect, it } from 'vitest'
import { catalogue, chapters } from '../../../server/dingtalk/errors/catalogue/index.ts'
import { DingTalkError, explain, explainReason, permissions } from '../../../server/dingtalk/index.ts'

/** Codes of dingtalk-server-api §10 that login, contacts, tickets, messages, events and pages can meet. */
const expected = `88 40014 42001 40001 41001 40000 40096 40089 43007 33001 48004 InvalidAuthentication
AuthenticationFailed.MissingParameter accesstoken.expired invalidClientIdOrSecret invalid.client unsupported.grant.type unauthorized.client
invalidCode invalidToken 60011 Forbidden.AccessDenied.AccessTokenPermissionDenied apiPermissionDenied 50002 50004 40079 50001 50003 50005 48002
52021 800001 orgAuthLevelNotEnough no.priviledge 41044 41028 60020 Forbidden.AccessDenied.IpNotInWhiteList 71013 40078 40029 42003 42007 42008
40102 40091 40087 41026 41007 invalidParameter.authCode.notFound invalidParameter.user.notFound -1 15 22 404 400001 400002 40035 40036 40033
40038 40068 40069 40070 44002 43001 43002 43003 43004 43005 43008 43009 47001 45009 60121 33012 60111 40003 60120 60003 60004 60019 40009 40031
40032 40104 60103 60104 40103 40022 12150 33011 400043 corpNotOpenHrm 40056 41011 70003 70004 52019 40008 34014 34016 34009 40048 41049 40007
40004 40006 41029 41045 41046 41047 41052 143103 143104 143105 143106 1430000 1430001 1430002 1430003 1430004 71006 71007 71008 71009 400052
71010 71011 71012 400051 400054 400040 400041 400050 400053 900001 900005 900010 20001 52010 52011 52012 52013 52014 52018 52026 80001 33005
33006 33007 PC_1002 PC_1007 PC_1011 PC_1013 90001 90002 90005 90006 90017 90018 90020 Forbidden.AccessDenied.QpsLimitForApi
Forbidden.AccessDenied.QpsLimitForAppkeyAndApi Forbidden.AccessDenied.QpmLimitForAppkeyAndApi Forbidden.AccessDenied.ApiCountLimitForOrg
system.busy systemBusy qps.exceed.limit request.overlimit oaplus.query.limit invalidRequest.duplicateClientToken idempotencyProcessing system.error server.error unknownError
serviceBusy timeout network broken_answer unexpected_shape too_large ip_banned not_configured agent_id_missing busy corp_mismatch bad_message bad_receivers`.split(
    /\s+/,
  )

function failure(details: Partial<ConstructorParameters<typeof DingTalkError>[0]>): DingTalkError {
  return new DingTalkError({ reason: '60020', api: 'a', httpStatus: 200, outcome: 'rejected', ...details })
}

describe('error catalogue', () => {
  it('knows every code we can meet', () => {
    expect(expected.filter(code => !Object.hasOwn(catalogue, code))).toEqual([])
  })

  it('has each code in one chapter only', () => {
    expect(chapters.reduce((sum, chapter) => sum + Object.keys(chapter).length, 0)).toBe(Object.keys(catalogue).length)
  })

  it.each(Object.entries(catalogue))('explains %s in both languages', (code) => {
    const zh = explainReason(code, 'zh-CN')
    const en = explainReason(code, 'en-US')
    for (const text of [zh.cause, zh.fix, ...(zh.where ? [zh.where] : [])]) expect(text).toMatch(/[\u4E00-\u9FFF]/)
    for (const text of [zh.cause, zh.fix]) expect(text).toMatch(/。$/)
    for (const text of [en.cause, en.fix]) expect(text).toMatch(/^[A-Z].*\.$/s)
    for (const text of [zh.cause, zh.fix, en.cause, en.fix]) expect(text).not.toMatch(/\{\w+\}|undefined/)
  })

  it('names the IP to add and warns when DingTalk saw another app', () => {
    const right = explain(failure({ ip: '1.2.3.4', appKey: 'dinga', clientId: 'dinga' }), 'zh-CN')
    expect(right).toMatchObject({ kind: 'ip', fix: expect.stringMatching(/^把 1\.2\.3\.4 加到/), where: expect.stringContaining('安全设置') })
    expect(explain(failure({ ip: '1.2.3.4', appKey: 'dingb', clientId: 'dinga' }), 'en-US').fix).toMatch(/app dingb, but the settings name dinga/)
  })

  it('names the permission as the console does, with the apply link', () => {
    const applyUrl = 'https://open-dev.dingtalk.com/appscope/apply?content=x%23qyapi_get_member'
    const told = explain(failure({ reason: '60011', requiredScopes: ['qyapi_get_member', 'new.one'], applyUrl }), 'zh-CN')
    expect(told).toMatchObject({ kind: 'permission', link: applyUrl })
    expect(told.fix).toContain('成员信息读权限 (qyapi_get_member)、new.one')
  })

  it('tells how long a ban still lasts', () => {
    expect(explain(failure({ reason: 'ip_banned', retryAfter: 240 }), 'zh-CN').fix).toContain('4 分钟')
    expect(explain(failure({ reason: 'ip_banned', retryAfter: 50 }), 'en-US').fix).toContain('50 seconds')
  })

  it('falls back to the wrapping errcode, the HTTP status, and honest ignorance', () => {
    expect(explain(failure({ reason: 'isp.something-new', errcode: 15 }), 'en-US').kind).toBe('unavailable')
    expect(explain(failure({ reason: 'http_502', httpStatus: 502 }), 'en-US').kind).toBe('unavailable')
    expect(explain(failure({ reason: 'what.is.this', httpStatus: 429 }), 'en-US').kind).toBe('throttle')
    expect(explain(failure({ reason: '99999999', errcode: 88, text: '怪' }), 'zh-CN')).toMatchObject({
      kind: 'unknown',
      cause: '钉钉返回了一个未收录的错误 99999999（怪）。',
    })
    expect(explainReason('toString', 'en-US').kind).toBe('unknown')
  })
})

describe('permission table', () => {
  it('holds what the CRM needs at least (dingtalk-server-api §8.1)', () => {
    expect(
      permissions
        .filter(permission => ['default', 'required'].includes(permission.need))
        .map(permission => permission.code)
        .sort(),
    ).toEqual([
      'Contact.User.Read',
      'open_app_api_base',
      'qyapi_base',
      'qyapi_get_department_list',
      'qyapi_get_department_member',
      'qyapi_get_member',
    ])
    expect(permissions.filter(permission => !permission.code).map(permission => permission.name)).toEqual(['企业员工手机号信息', '邮箱等个人信息'])
    expect(permissions.every(permission => permission.neededFor.zh && permission.neededFor.en)).toBe(true)
  })
})
