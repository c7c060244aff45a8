import type { DoctorCheck } from '#contract/connection.ts'
import type { FaultInput } from '../../sandbox/dingtalk/platform/gateway/faults.ts'
import type { Catalogue, Entry } from '../../server/dingtalk/errors/catalogue/entry.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { encryptMessage, signatureOf } from '../../sandbox/dingtalk/platform/events/http/crypto.ts'
import { callbacks } from '../../server/dingtalk/errors/catalogue/callbacks.ts'
import { contacts } from '../../server/dingtalk/errors/catalogue/contacts.ts'
import { delivery } from '../../server/dingtalk/errors/catalogue/delivery.ts'
import { catalogue } from '../../server/dingtalk/errors/catalogue/index.ts'
import { ip } from '../../server/dingtalk/errors/catalogue/ip.ts'
import { jsapi } from '../../server/dingtalk/errors/catalogue/jsapi.ts'
import { loginCode } from '../../server/dingtalk/errors/catalogue/login-code.ts'
import { agentCodes, messages } from '../../server/dingtalk/errors/catalogue/messages.ts'
import { own } from '../../server/dingtalk/errors/catalogue/own.ts'
import { permission } from '../../server/dingtalk/errors/catalogue/permission.ts'
import { requests } from '../../server/dingtalk/errors/catalogue/requests.ts'
import { throttle } from '../../server/dingtalk/errors/catalogue/throttle.ts'
import { token } from '../../server/dingtalk/errors/catalogue/token.ts'
import { startApp } from '../support/app.ts'
import { hurriedClock } from '../support/clock.ts'
import { eventKeys } from '../support/fresh.ts'
import { until } from '../support/until.ts'

const doctor = '/api/settings/dingtalk/doctor'
const languages = [['zh-CN', 'zh'], ['en-US', 'en']] as const
const locales = ['zh-CN', 'en-US'] as const
type Told = Record<(typeof locales)[number], Pick<DoctorCheck, 'result' | 'code' | 'means' | 'fix' | 'where'>>

/** Which check calls which APIs of the old family, and of the new one; each is made whatever becomes of the others. */
const oldApis = [
  { path: '/topapi/user/listadmin', check: 'admins' },
  { path: '/topapi/v2/department/listsub', check: 'departments' },
  { path: '/topapi/v2/user/list', check: 'members' },
] as const
const newApi = { path: '/v1.0/oauth2/jsapiTickets', check: 'tokenNew' } as const

/** What DingTalk says beside the code, where the explanation takes something from it. */
const said: Record<string, string> = {
  60020: '访问ip不在白名单之中,request ip=203.0.113.9 appKey(dingabc)',
  60011: '应用尚未开通所需的权限：[qyapi_get_member]，点击链接申请并开通即可：https://open-dev.dingtalk.com/appscope/apply?content=x%23qyapi_get_member, {requiredScopes=[qyapi_get_member]}',
}

function faultOf(reason: string, path: string): FaultInput {
  return /^-?\d+$/.test(reason)
    ? { path, kind: 'errcode', errcode: Number(reason), errmsg: said[reason] ?? '出错了' }
    : { path, kind: 'code', status: 400, code: reason, message: said[60020]! }
}

describe('each error of the catalogue, provoked', () => {
  let app: TestApp
  let admin: Client
  beforeAll(async () => {
    // Some errors are repeated with pauses of seconds before they are told.
    app = await startApp({ sandbox: { departments: 6, members: 30 }, dingtalkClock: hurriedClock(50) })
    admin = await app.loggedIn('zhangsan')
  })
  afterEach(() => app.sandbox.platform.control.reset())
  afterAll(() => app.close())

  const faults = (fault: FaultInput) => app.sandbox.platform.control.faults(fault)
  const clearFaults = () => app.sandbox.platform.control.clearFaults()
  /** What readers were shown, by code. */
  const explained = new Set<string>()

  async function inBoth<T>(ask: (headers: { 'accept-language': string }) => Promise<T>): Promise<Record<(typeof locales)[number], T>> {
    const [zh, en] = await Promise.all(locales.map(locale => ask({ 'accept-language': locale })))
    return { 'zh-CN': zh!, 'en-US': en! }
  }
  async function examineAll(checks: readonly string[]): Promise<Told[]> {
    const told = await inBoth(async headers => (await admin.post<{ checks: DoctorCheck[] }>(doctor, { only: checks }, headers)).body.checks)
    return checks.map((id) => {
      const [zh, en] = locales.map(locale => told[locale].find(check => check.id === id)!)
      return { 'zh-CN': zh!, 'en-US': en! }
    })
  }
  const examine = async (check: string) => (await examineAll([check]))[0]!
  const byCode = (told: Told, code: string) => told['zh-CN'].code === code && told

  /** Cause and fix as the catalogue has them, in the reader's language and none of the other's. */
  function expectExplained(told: Told, reason: string, entry: Entry, as: DoctorCheck['result'] = 'failed'): void {
    for (const [locale, language] of languages) {
      const { result, code, means, fix } = told[locale]
      expect({ reason, result, code }).toEqual({ reason, result: as, code: reason })
      // Up to the first thing that is filled in.
      for (const [text, wanted] of [[means, entry.cause[language]], [fix, entry.fix[language]]] as const) {
        expect(text, `${reason} ${locale}`).toContain(wanted.split('{')[0])
        expect(text, `${reason} ${locale}`).not.toMatch(/[{}]/)
      }
      expect(means, `${reason} ${locale}`).toMatch(locale === 'zh-CN' ? /\p{Script=Han}/u : /^[a-z"']/i)
      if (entry.where)
        expect(told[locale].where, `${reason} ${locale}`).toMatch(/\S/)
    }
    expect(told['zh-CN'].means).not.toBe(told['en-US'].means)
    expect(told['zh-CN'].fix).not.toBe(told['en-US'].fix)
    explained.add(reason)
  }

  it('as the answer to a call of the doctor', async () => {
    const entries: Catalogue = { ...permission, ...contacts, ...token, ...requests, ...ip, ...throttle, ...messages, ...loginCode }
    const isOld = ([reason]: [string, Entry]) => /^-?\d+$/.test(reason)
    const [old, fresh] = [Object.entries(entries).filter(isOld), Object.entries(entries).filter(entry => !isOld(entry))]
    for (let round = 0; round * oldApis.length < old.length || round < fresh.length; round++) {
      const broken = oldApis.flatMap((api, i) => {
        const [reason, entry] = old[round * oldApis.length + i] ?? []
        return reason && entry ? [{ ...api, reason, entry }] : []
      })
      const [reason, entry] = fresh[round] ?? []
      const all = [...broken, ...(reason && entry ? [{ ...newApi, reason, entry }] : [])]
      all.forEach(given => faults(faultOf(given.reason, given.path)))
      const told = await examineAll(all.map(({ check }) => check))
      for (const [i, given] of all.entries()) {
        // A refused address is told once, by its own check.
        expectExplained(told[i]!['zh-CN'].result === 'untried' ? await examine('egressIp') : told[i]!, given.reason, given.entry)
      }
      clearFaults()
    }
  }, 120_000)

  it.each([
    ['reset', 'network'],
    ['hang', 'timeout'],
    ['truncate', 'broken_answer'],
    ['html', 'broken_answer'],
  ] as const)('when what comes is no answer of DingTalk\'s: %s', async (kind, reason) => {
    const [{ path, check }] = oldApis
    faults({ path, kind })
    expectExplained(await examine(check), reason, own[reason]!)
  }, 60_000)

  it('when a test notification is sent, and in its result', async () => {
    const send = () => inBoth(async headers => (await admin.post<DoctorCheck>(`${doctor}/notification`, { userid: 'zhangsan' }, headers)).body)
    for (const [reason, entry] of Object.entries(messages)) {
      faults(faultOf(reason, '*/asyncsend_v2'))
      expectExplained(await send(), reason, entry)
      clearFaults()
    }
    // The last one that speaks of the AgentId is what is known until a notification arrives.
    const [reason, entry] = Object.entries(messages).filter(([code]) => agentCodes.includes(code)).at(-1)!
    expectExplained(await examine('agentId'), reason, entry)
    for (const [reason, entry] of Object.entries(delivery)) {
      const result = { forbidden_user_id_list: ['zhangsan'], forbidden_list: [{ code: reason, userid: 'zhangsan', count: 1 }] }
      faults({ path: '*/getsendresult', kind: 'status', status: 200, body: JSON.stringify({ errcode: 0, errmsg: 'ok', send_result: result }) })
      // Not the AgentId's fault: told, but nothing turns red.
      expectExplained(await send(), reason, entry, 'manual')
      clearFaults()
    }
    expect((await admin.post<DoctorCheck>(`${doctor}/notification`, { userid: 'zhangsan' })).body.result).toBe('ok')
    expect((await examine('agentId'))['en-US'].result).toBe('seen')
  }, 120_000)

  it('when somebody logs in, noted where the connection is to blame', async () => {
    const refuse = async (reason: string, entry: Entry) => {
      faults(faultOf(reason, '/topapi/v2/user/getuserinfo'))
      const refused = await inBoth(async headers => (await app.client().post('/api/session/dingtalk', { code: app.code('zhangsan') }, headers)).error.dingtalk!)
      clearFaults()
      for (const [locale, language] of languages) {
        expect(refused[locale]).toMatchObject({ code: reason })
        for (const part of ['cause', 'fix'] as const) expect(refused[locale][part], `${reason} ${locale}`).toContain(entry[part][language].split('{')[0])
      }
    }
    const codes = Object.entries(loginCode).filter(([reason]) => /^\d+$/.test(reason))
    expect(codes.length).toBeGreaterThan(5)
    const scope = ['40079', '50002'].map(reason => [reason, catalogue[reason]!] as const)
    // Neither a stale code nor somebody who may not open the app says anything about how others get in.
    for (const [reason, entry] of [...codes, ...scope]) await refuse(reason, entry)
    expect(await examine('loginCode')).toMatchObject({ 'zh-CN': { result: 'seen', code: null }, 'en-US': { result: 'seen' } })
    for (const reason of ['60011', '33001']) {
      await refuse(reason, catalogue[reason]!)
      expectExplained(await until(async () => byCode(await examine('loginCode'), reason)), reason, catalogue[reason]!)
    }
    await app.loggedIn('zhangsan')
    await until(async () => (await examine('loginCode'))['en-US'].result === 'seen')
  }, 60_000)

  it('when DingTalk pushes an event that cannot be believed', async () => {
    expect((await admin.put('/api/sync/settings/events', { channel: 'http', ...eventKeys })).status).toBe(200)
    const push = async ({ aesKey = eventKeys.aesKey, token = eventKeys.token, owner = app.sandbox.app.clientId, at = Date.now(), nonce = 'nonce' }) => {
      const encrypt = encryptMessage(JSON.stringify({ EventType: 'check_url' }), aesKey, owner)
      const query = new URLSearchParams({ timestamp: String(at), nonce, msg_signature: signatureOf(token, String(at), nonce, encrypt) })
      return (await app.client().post(`/dingtalk/events?${query}`, { encrypt })).status
    }
    // First what may be anybody's and is only hinted at, then what our token signed.
    const wrong: Array<[string, Parameters<typeof push>[0], DoctorCheck['result']]> = [
      ['900005', { token: 'othertoken' }, 'manual'],
      ['900003', { nonce: '' }, 'manual'],
      ['900008', { aesKey: 'X'.repeat(43) }, 'failed'],
      ['900010', { owner: 'dingotherapp' }, 'failed'],
      ['900002', { at: Date.now() - 3_600_000 }, 'failed'],
    ]
    const spoken = new Set<Entry>()
    for (const [reason, forged, result] of wrong) {
      expect(await push(forged)).toBeGreaterThanOrEqual(400)
      expectExplained(await until(async () => byCode(await examine('events'), reason)), reason, callbacks[reason]!, result)
      spoken.add(callbacks[reason]!)
    }
    // Every other code of a push shares an explanation with one of these.
    for (const [reason, entry] of Object.entries(callbacks).filter(([code]) => code.startsWith('9000')))
      expect(spoken, reason).toContain(entry)
    expect(await push({})).toBe(200)
    expect(await examine('events')).toMatchObject({ 'zh-CN': { result: 'manual', code: null }, 'en-US': { result: 'manual' } })
  }, 60_000)

  it('when a client refuses the page', async () => {
    for (const [reason, entry] of Object.entries(jsapi)) {
      await admin.post('/api/jsapi/verdict', { ok: false, code: reason, message: 'refused' })
      expectExplained(await examine('jsapiTicket'), reason, entry)
    }
  }, 60_000)

  // Last: our own calls pause after it.
  it('when DingTalk bans our address', async () => {
    const [{ path, check }] = oldApis
    faults({ path, kind: 'ban' })
    expectExplained(await until(async () => byCode(await examine(check), 'ip_banned') || undefined), 'ip_banned', own.ip_banned!)
  }, 60_000)

  it('leaves none out', () => {
    // Registering an event callback is done in the console, so only the pushes themselves reach us; our own reasons have
    // their tests beside what they are about.
    const elsewhere = { ...callbacks, ...own }
    expect(Object.keys(catalogue).filter(reason => !explained.has(reason) && !(reason in elsewhere))).toEqual([])
  })
})
