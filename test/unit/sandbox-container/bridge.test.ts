import type { Answer, Setup } from './upstream.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { frameHeaders, setUp } from './upstream.ts'

interface Reply {
  id: string
  state: string
  data: Record<string, unknown>
  effects: Record<string, unknown>[]
  ask: Record<string, unknown>
}

const phone = 'zhangsan-phone.localhost'
const android = 'zhangsan-android.localhost'
const pc = 'zhangsan-pc.localhost'
let setup: Setup

beforeAll(async () => {
  setup = await setUp((_req, res) => res.setHeader('content-type', 'text/html').end('<html><head></head></html>'))
})
beforeEach(async () => {
  await setup.control('reset', {})
})
afterAll(() => setup.close())

async function load(host: string): Promise<string> {
  const { body } = await setup.ask(host, '/', { headers: frameHeaders })
  return /page=([\w-]+)/.exec(body)?.[1] ?? ''
}

async function post(host: string, path: string, body: object): Promise<Reply> {
  const answer: Answer = await setup.ask(host, `/__container/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
  return JSON.parse(answer.body) as Reply
}

function call(host: string, method: string, params: object = {}, page = 'p1'): Promise<Reply> {
  return post(host, 'bridge', { page, method, params, url: `http://${host}:${setup.port}/?a=1#hash` })
}

const signed = { agentId: '42', corpId: 'dingcorp1', timeStamp: 1, nonceStr: 'n', signature: 'good' }

describe('login codes', () => {
  it('belong to the employee of the hostname', async () => {
    const { state, data } = await call('lisi-phone.localhost', 'runtime.permission.requestAuthCode', { corpId: 'dingcorp1' })
    expect(state).toBe('ok')
    expect(setup.platform.codes.get(String(data.code))).toBe('lisi')
  })

  it('belong to whoever holds the shared phone now', async () => {
    const before = await call('shared-phone.localhost', 'runtime.permission.requestAuthCode', { corpId: 'dingcorp1' })
    expect(setup.platform.codes.get(String(before.data.code))).toBe('zhangsan')
    await setup.control('switch', { host: 'shared-phone.localhost', userid: 'lisi' })
    const after = await call('shared-phone.localhost', 'runtime.permission.requestAuthCode', { corpId: 'dingcorp1' })
    expect(setup.platform.codes.get(String(after.data.code))).toBe('lisi')
  })

  it('are refused to personal devices changing hands', async () => {
    expect((await setup.control('switch', { host: phone, userid: 'lisi' })).status).toBe(409)
  })

  it('reach people whose userid is no hostname', async () => {
    const { members } = JSON.parse((await setup.ask('localhost', '/__container/members?q=User_007')).body) as { members: { label: string }[] }
    const { data } = await call(`${members[0]?.label}-mac.localhost`, 'runtime.permission.requestAuthCode', { corpId: 'dingcorp1' })
    expect(setup.platform.codes.get(String(data.code))).toBe('User_007@corp')
  })

  it('never come in the mode that never answers', async () => {
    await setup.control('mode', { host: phone, mode: { login: 'never' } })
    expect(await call(phone, 'runtime.permission.requestAuthCode', { corpId: 'dingcorp1' })).toMatchObject({ state: 'silent' })
  })
})

describe('authorisation', () => {
  it('lasts for one page load and for the listed methods', async () => {
    const page = await load(phone)
    expect((await call(phone, 'biz.telephone.showCallMenu', { phoneNumber: '1' }, page)).data.errorCode).toBe('7')
    expect((await call(phone, 'runtime.permission.requestJsApis', { ...signed, jsApiList: ['biz.telephone.showCallMenu'] }, page)).state).toBe('ok')
    expect((await call(phone, 'biz.telephone.showCallMenu', { phoneNumber: '1' }, page)).state).toBe('ok')
    expect((await call(phone, 'biz.map.view', { title: 'x' }, page)).data.errorCode).toBe('7')
    expect((await call(phone, 'biz.telephone.showCallMenu', { phoneNumber: '1' }, await load(phone))).data.errorCode).toBe('7')
  })

  it('checks the signature against the address outside the container, without its hash', async () => {
    const urls: string[] = []
    setup.platform.verifyJsapiConfig = ({ url }) => void urls.push(url)
    await call(phone, 'runtime.permission.requestJsApis', { ...signed, jsApiList: [] })
    await call(pc, 'config', { ...signed, jsApiList: [], url: `${setup.target}/?a=1` })
    expect(urls).toEqual([`${setup.target}/?a=1`, `${setup.target}/?a=1`])
  })

  it('knows every method only on its own platforms', async () => {
    expect((await call(pc, 'biz.chat.openSingleChat', { userId: 'lisi' })).data.errorCode).toBe('1')
    expect((await call(phone, 'config', signed)).data.errorCode).toBe('1')
    expect((await call(phone, 'toString')).data.errorCode).toBe('1')
  })
})

describe('what calls do', () => {
  it('the frame hears of titles and buttons', async () => {
    expect((await call(phone, 'biz.navigation.setTitle', { title: '客户' })).effects).toEqual([{ type: 'title', title: '客户' }])
    expect(await call(phone, 'biz.navigation.setRight', { text: '保存', control: true })).toMatchObject({
      state: 'ok',
      effects: [{ type: 'right', text: '保存', watch: 'biz.navigation.setRight' }],
    })
    expect(await call(android, 'biz.navigation.setRight', { text: '保存', control: true })).toMatchObject({ state: 'held' })
  })

  it('dialogs are answered once, with the person\'s choice', async () => {
    const { id, ask } = await call(phone, 'device.notification.confirm', { message: '删除？', buttonLabels: ['取消', '删除'] })
    expect(ask).toMatchObject({ kind: 'confirm', buttons: ['取消', '删除'] })
    expect(await post(phone, 'bridge/answer', { id, value: 1 })).toMatchObject({ state: 'ok', data: { buttonIndex: 1 } })
    expect(
      (
        await setup.ask(phone, '/__container/bridge/answer', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ id, value: 1 }),
        })
      ).status,
    ).toBe(404)
  })

  it('scanning can be cancelled', async () => {
    const { id } = await call(phone, 'biz.util.scan', {})
    expect(await post(phone, 'bridge/answer', { id, value: null })).toMatchObject({ state: 'failed', data: { errorCode: '-1' } })
  })

  it('dates come back in the format asked for', async () => {
    const { id } = await call(phone, 'biz.util.datetimepicker', { format: 'yyyy-MM-dd HH:mm' })
    const at = new Date(2026, 2, 5, 9, 7).getTime()
    expect((await post(phone, 'bridge/answer', { id, value: [at] })).data).toEqual({ value: '2026-03-05 09:07' })
  })

  it('departments count everybody below them once', async () => {
    const page = await load(phone)
    await call(phone, 'runtime.permission.requestJsApis', { ...signed, jsApiList: ['biz.contact.departmentsPicker'] }, page)
    const { id } = await call(phone, 'biz.contact.departmentsPicker', { corpId: 'dingcorp1' }, page)
    expect((await post(phone, 'bridge/answer', { id, value: { users: [], departments: [2] } })).data).toEqual({
      userCount: 3,
      departmentsCount: 1,
      departments: [{ id: 2, name: '销售部', number: 3 }],
    })
  })

  it('storage stays on its device', async () => {
    await call(phone, 'util.domainStorage.setItem', { name: 'draft', value: { a: 1 } })
    expect((await call(phone, 'util.domainStorage.getItem', { name: 'draft' })).data).toMatchObject({ value: { a: 1 } })
    expect((await call('lisi-phone.localhost', 'util.domainStorage.getItem', { name: 'draft' })).data).toMatchObject({ value: '' })
  })

  it('failures come in the shape the mode asks for', async () => {
    await setup.control('mode', { host: pc, mode: { errors: 'nested' } })
    expect((await call(pc, 'nonsense')).data).toMatchObject({ errorCode: '1', errorMessage: { errorMessage: expect.any(String) } })
    await setup.control('mode', { host: pc, mode: { errors: 'number' } })
    expect((await call(pc, 'nonsense')).data.errorCode).toBe(1)
  })

  it('prepared answers replace the real one as often as asked', async () => {
    await setup.control('answers', { host: phone, method: 'biz.util.scan', ok: true, data: { text: 'LEAD-1' } })
    expect(await call(phone, 'biz.util.scan')).toMatchObject({ state: 'ok', data: { text: 'LEAD-1' } })
    expect(await call(phone, 'biz.util.scan')).toMatchObject({ state: 'ask' })
  })

  it('the log tells method, parameters and outcome', async () => {
    await call(phone, 'biz.navigation.setTitle', { title: '客户' })
    await call(phone, 'nonsense')
    const calls = JSON.parse((await setup.ask('localhost', `/__container/calls?host=${phone}`)).body) as unknown[]
    expect(calls).toMatchObject([
      { method: 'biz.navigation.setTitle', params: { title: '客户' }, state: 'ok' },
      { method: 'nonsense', state: 'failed', result: { errorCode: '1' } },
    ])
  })

  it('bad control requests say which field is wrong', async () => {
    const answer = await setup.control('mode', { host: phone, mode: { login: 'maybe' } })
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('mode.login') })
    expect((await setup.ask('localhost', '/__container/calls?host=nobody-phone.localhost')).status).toBe(404)
  })
})
