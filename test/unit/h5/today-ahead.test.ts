import { beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionLink } from '../../../src/api/session-link.ts'
import { askTodayAhead, takeToday } from '../../../src/pages/workbench/today-ahead.ts'
import { earlySession } from '../../../src/stores/session/early.ts'
import { person } from './fake-session.ts'

type Early = NonNullable<Window['__early']>

const json = (body: unknown, status = 200) => Promise.resolve(new Response(JSON.stringify(body), { status }))
const ask = vi.fn<(url: string) => Promise<Response>>()

/** What index.html left on the page. */
function page(early: Partial<Early>) {
  vi.stubGlobal('window', { __early: { foreignCode: false, corpId: null, ...early } })
}

/** The way to the workbench: who is in, then the page. */
async function enter() {
  await earlySession().catch(() => {})
  askTodayAhead()
  return takeToday()
}

beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'https://crm.example.com/sales/' })
  vi.stubGlobal('fetch', ask)
  ask.mockReset().mockImplementation(() => json({ from: 'asked' }))
  sessionLink.epoch = () => 1
})

describe('the workbench asked ahead', () => {
  it('is the early one beside an account\'s early session, once', async () => {
    page({ session: json(person('zhang')), today: json({ from: 'early' }) })
    expect(await enter()).toEqual({ from: 'early' })
    expect(ask).not.toHaveBeenCalled()
    expect(await takeToday()).toBeUndefined()
    expect(await enter()).toEqual({ from: 'asked' })
    expect(ask).toHaveBeenCalledExactlyOnceWith('/sales/api/crm/today', expect.anything())
  })

  it.each<[string, () => Promise<Response>]>([
    ['nobody\'s', () => json({ error: { code: 'unauthenticated' } }, 401)],
    ['an operator\'s', () => json({ kind: 'operator', expiresAt: '2026-01-01T00:00:00.000Z' })],
    ['unanswered', () => Promise.reject(new TypeError('network'))],
  ])('is never the early one when the early session is %s', async (_, session) => {
    page({ session: session(), today: json({ from: 'early' }) })
    expect(await enter()).toEqual({ from: 'asked' })
  })

  it('is not shown after another login', async () => {
    page({})
    askTodayAhead()
    sessionLink.epoch = () => 2
    expect(await takeToday()).toBeUndefined()
  })

  it.each<[string, () => Promise<Response>]>([
    ['refused', () => json({ error: { code: 'unauthenticated' } }, 401)],
    ['lost', () => Promise.reject(new TypeError('network'))],
    ['not JSON', () => Promise.resolve(new Response('<html>'))],
  ])('leaves a %s answer to the ordinary request', async (_, answer) => {
    page({ session: json(person('zhang')), today: answer() })
    expect(await enter()).toBeUndefined()
  })
})
