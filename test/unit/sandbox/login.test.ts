import type { TestPlatform } from './open-platform.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestPlatform } from './open-platform.ts'

const PATH = '/topapi/v2/user/getuserinfo'
let platform: TestPlatform

beforeAll(async () => {
  platform = await startTestPlatform()
})
beforeEach(() => {
  platform.platform.control.settings({ visibleRange: 'all' })
})
afterAll(() => platform.close())

describe('silent login (row 8)', () => {
  it('exchanges a code once', async () => {
    const code = platform.platform.control.code({ userid: 'zhangsan' })
    expect(await platform.old(PATH, { code })).toMatchObject({
      errcode: 0,
      errmsg: 'ok',
      result: { userid: 'zhangsan', unionid: expect.any(String), name: '张三', sys: true, sys_level: 1 },
    })
    expect(await platform.old(PATH, { code })).toMatchObject({ errcode: 40078, errmsg: '不存在的临时授权码' })
  })

  it('knows ordinary people, sub-administrators and the boss', async () => {
    const login = async (userid: string): Promise<unknown> => (await platform.old(PATH, { code: platform.platform.control.code({ userid }) })).result
    expect(await login('lisi')).toMatchObject({ sys: false, sys_level: 0 })
    expect(await login('sunqi')).toMatchObject({ sys: true, sys_level: 2 })
    expect(await login('wujiu')).toMatchObject({ sys_level: 100 })
  })

  it('refuses codes after five minutes, of the other kind, and invented ones', async () => {
    const old = platform.platform.control.code({ userid: 'lisi' })
    const oauth = platform.platform.control.code({ userid: 'lisi', kind: 'oauth' })
    expect(await platform.old(PATH, { code: oauth })).toMatchObject({ errcode: 40078 })
    expect(await platform.old(PATH, { code: 'x' })).toMatchObject({ errcode: 40078 })
    expect(await platform.old(PATH, {})).toMatchObject({ errcode: 400002 })
    platform.platform.control.shiftClock(5 * 60_000 + 1)
    expect(await platform.old(PATH, { code: old })).toMatchObject({ errcode: 40078 })
  })

  it('answers 40079 for people outside the visible range', async () => {
    platform.platform.control.settings({ visibleRange: 'admins' })
    expect(await platform.old(PATH, { code: platform.platform.control.code({ userid: 'lisi' }) })).toMatchObject({ errcode: 40079 })
    expect(await platform.old(PATH, { code: platform.platform.control.code({ userid: 'zhangsan' }) })).toMatchObject({ errcode: 0 })
    platform.platform.control.settings({ visibleRange: { deptIds: [], userids: ['lisi'] } })
    expect(await platform.old(PATH, { code: platform.platform.control.code({ userid: 'lisi' }) })).toMatchObject({ errcode: 0 })
  })

  it('gives the client a code only for its own corp and app', async () => {
    const { corpId, clientId } = platform.app
    const issued = platform.platform.issueLoginCode({ userid: 'lisi', corpId, clientId })
    expect(await platform.old(PATH, { code: 'code' in issued ? issued.code : '' })).toMatchObject({ errcode: 0, result: { userid: 'lisi' } })
    expect(platform.platform.issueLoginCode({ userid: 'lisi', corpId })).toHaveProperty('code')
    expect(platform.platform.issueLoginCode({ userid: 'lisi', corpId: '$CORPID$' })).toHaveProperty('errorCode', '3')
    expect(platform.platform.issueLoginCode({ userid: 'lisi', corpId, clientId: 'dingother' })).toHaveProperty('errorCode')
    expect(platform.platform.issueLoginCode({ userid: 'nobody', corpId })).toHaveProperty('errorCode')
  })
})
