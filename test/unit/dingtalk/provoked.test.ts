import type { FaultInput } from '../../../sandbox/dingtalk/platform/gateway/faults.ts'
import type { Sandbox } from '../../../sandbox/index.ts'
import type { Clock } from '../../../server/dingtalk/clock.ts'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSandbox } from '../../../sandbox/index.ts'
import { chapters } from '../../../server/dingtalk/errors/catalogue/index.ts'
import { own } from '../../../server/dingtalk/errors/catalogue/own.ts'
import { createDingTalk, DingTalkError, explain, explainReason } from '../../../server/dingtalk/index.ts'

const oldPath = '/topapi/user/count'
const newPath = '/v1.0/oauth2/jsapiTickets'

/** Refused at DingTalk's gateway: wrapped in 88 (dingtalk-server-api §1.7). */
const gateway = new Set(['40014', '40000', '60011', '60020', '90002', '90018'])

/** Waits of seconds take no time, so that retries are real but quick. */
function hurriedClock(): Clock {
  let ahead = 0
  return {
    now: () => Date.now() + ahead,
    after: (ms, wake) => {
      if (ms > 20_000)
        return () => {}
      const timer = setImmediate(() => {
        ahead += ms
        wake()
      })
      return () => clearImmediate(timer)
    },
  }
}

/** What only the desktop client or the page itself reports, and what our client says without asking anybody. */
const notFromTheServer = (code: string) => code.startsWith('PC_') || (Object.hasOwn(own, code) && code !== 'corp_not_of_app')
const codes = chapters.flatMap(chapter => Object.keys(chapter)).filter(code => !notFromTheServer(code))
/** Told by getsendresult instead of by an error (§5.3). */
const results = codes.filter(code => /^143\d+$/.test(code))

describe('every code DingTalk can answer, provoked', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await startSandbox({ withContainer: false, settings: { rates: { perApi: null } } })
  })
  afterAll(() => sandbox.close())

  function client(timeouts?: { call: number, login: number }) {
    const { corpId, clientId, clientSecret, agentId } = sandbox.app
    const url = sandbox.platformUrl
    return createDingTalk({
      hosts: { api: url, oapi: url, login: url },
      credentials: async () => ({ corpId, clientId, clientSecret, agentId: String(agentId) }),
      logger: pino({ level: 'silent' }),
      clock: hurriedClock(),
      ...(timeouts && { timeouts }),
    })
  }

  async function provoked(fault: FaultInput, call: (dingtalk: ReturnType<typeof client>) => Promise<unknown>, timeouts?: { call: number, login: number }): Promise<DingTalkError> {
    const dingtalk = client(timeouts)
    sandbox.platform.control.clearFaults()
    sandbox.platform.control.faults(fault)
    try {
      return await call(dingtalk).then(
        () => {
          throw new Error('nothing was refused')
        },
        (error: unknown) => {
          if (error instanceof DingTalkError)
            return error
          throw error
        },
      )
    }
    finally {
      sandbox.platform.control.clearFaults()
      await dingtalk.close()
    }
  }

  function isExplained(error: DingTalkError): void {
    for (const [locale, letters] of [['zh-CN', /\p{Script=Han}/u], ['en-US', /^[A-Z]/]] as const) {
      const { kind, cause, fix } = explain(error, locale)
      expect(cause).toMatch(letters)
      expect(fix).toMatch(letters)
      expect(kind).not.toBe(error.reason === '88' ? '' : 'unknown')
      expect(`${cause}${fix}`).not.toMatch(/\{\w+\}|undefined/)
    }
  }

  it.each(codes.filter(code => /^-?\d+$/.test(code) && !results.includes(code)))('%s, as the old APIs say it', async (code) => {
    const wrapped = gateway.has(code) ? { errcode: 88, subCode: code } : { errcode: Number(code) }
    const error = await provoked({ path: oldPath, kind: 'errcode', ...wrapped }, ({ contacts }) => contacts.countUsers(false))
    expect(error.reason).toBe(code)
    isExplained(error)
  })

  it.each(codes.filter(code => /^[a-z]/i.test(code) && code !== 'corp_not_of_app'))('%s, as the new APIs say it', async (code) => {
    const status = code.startsWith('Forbidden') ? 403 : /busy|system|server|timeout|unknown|unavailable/i.test(code) ? 503 : 400
    const error = await provoked({ path: newPath, kind: 'code', status, code }, ({ tickets }) => tickets.jsapiTicket())
    expect(error.reason).toBe(code)
    isExplained(error)
  })

  it.each(results)('%s, as the result of a message says it', async (code) => {
    sandbox.platform.control.clearFaults()
    const lists = { invalid_user_id_list: [], failed_user_id_list: [], read_user_id_list: [], unread_user_id_list: [], invalid_dept_id_list: [] }
    const body = JSON.stringify({ errcode: 0, send_result: { ...lists, forbidden_user_id_list: ['lisi'], forbidden_list: [{ code, count: 1, userid: 'lisi' }] } })
    sandbox.platform.control.faults({ path: '*/getsendresult', kind: 'status', status: 200, body })
    const { forbidden } = await client().messages.sendResult(1)
    expect(forbidden.map(entry => entry.code)).toEqual([code])
    for (const [locale, letters] of [['zh-CN', /\p{Script=Han}/u], ['en-US', /^[A-Z]/]] as const) {
      expect(explainReason(code, locale).cause).toMatch(letters)
      expect(explainReason(code, locale).fix).toMatch(letters)
    }
  })

  it.each([
    ['network', { kind: 'reset' }],
    ['timeout', { kind: 'hang' }],
    ['broken_answer', { kind: 'truncate' }],
    ['ip_banned', { kind: 'ban' }],
    // The pages of one call alone prove no ban.
    ['broken_answer', { kind: 'html' }],
  ] as const)('%s, when DingTalk says nothing usable', async (reason, fault) => {
    const error = await provoked({ path: oldPath, ...fault }, ({ contacts }) => contacts.countUsers(false), { call: 150, login: 2000 })
    expect(error.reason).toBe(reason)
    isExplained(error)
  }, 20_000)

  it('corp_not_of_app, when the app lives in another company', async () => {
    const error = await provoked({ path: '/v1.0/oauth2/*/token', kind: 'code', status: 401, code: 'unauthorized.client' }, ({ token }) => token.checkCorp())
    expect(error.reason).toBe('corp_not_of_app')
    isExplained(error)
  })
})
