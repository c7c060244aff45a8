import type { LocationQuery } from 'vue-router'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { errorFromAnswer } from '../../../src/api/answer.ts'
import { resolveRoute } from '../../../src/api/path.ts'
import { fill, lookUp } from '../../../src/locales/translate.ts'
import { problemFromQuery } from '../../../src/pages/entry/problem-query.ts'
import { safeReturnTo } from '../../../src/pages/entry/return-to.ts'
import { readFilters } from '../../../src/pages/records/filters.ts'
import { overviewLinks } from '../../../src/pages/workbench/overview-links.ts'
import { containerQuery } from '../../../src/router/guard.ts'
import { returnAddress } from '../../../src/stores/session/marks.ts'
import { fakeStorage } from './fake-session.ts'

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  vi.stubGlobal('sessionStorage', fakeStorage())
})

describe('safeReturnTo', () => {
  it.each(['/customers/1?tab=a#b', '/', '/entrance'])('keeps %s', (path) => {
    expect(safeReturnTo(path)).toBe(path)
  })

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', '/entry?problem=x', '/logged-out', ['/a']])(
    'turns %s into the workbench',
    (path) => {
      expect(safeReturnTo(path)).toBe('/')
    },
  )

  it('drops the company the address was opened with', () => {
    expect(safeReturnTo('/customers?corpId=dingother&q=a#b')).toBe('/customers?q=a#b')
    expect(safeReturnTo('/?corpid=dingother')).toBe('/')
  })

  it('remembers the goal over the trip to DingTalk', () => {
    returnAddress.set('/customers/2')
    expect(safeReturnTo(undefined)).toBe('/customers/2')
  })
})

describe('problemFromQuery', () => {
  it('reads what the BFF says', () => {
    expect(problemFromQuery({ problem: 'member_unknown', request: 'req-1' })).toEqual({ code: 'member_unknown', requestId: 'req-1' })
  })

  it.each<LocationQuery>([{}, { problem: null }, { problem: '<b>x</b>' }, { problem: ['a', 'b'] }])('ignores %j', (query) => {
    expect(problemFromQuery(query)).toBeUndefined()
  })

  it('drops a request id that is none', () => {
    expect(problemFromQuery({ problem: 'internal', request: '<script>' })).toEqual({ code: 'internal' })
  })
})

describe('containerQuery', () => {
  it('keeps what the client reads from every URL', () => {
    expect(containerQuery({ dd_full_screen: 'true', q: 'x', dd_orientation: 'auto' })).toEqual({ dd_full_screen: 'true', dd_orientation: 'auto' })
  })
})

describe('resolveRoute', () => {
  it('fills and encodes parameters, relative to the base', () => {
    expect(resolveRoute('GET /api/crm/customers/:id', { id: 'a/b' })).toEqual({ method: 'GET', path: 'api/crm/customers/a%2Fb' })
  })
})

describe('errorFromAnswer', () => {
  it('keeps what the server said', () => {
    const error = errorFromAnswer(503, { error: { code: 'login_busy', message: '排队', requestId: 'r', retryAfter: 4, ask: ['李雷'] } })
    expect(error).toMatchObject({ code: 'login_busy', status: 503, message: '排队', requestId: 'r', retryAfter: 4, ask: ['李雷'] })
  })

  it('takes the waiting time from the header when the body has none', () => {
    expect(errorFromAnswer(429, { error: { code: 'rate_limited', message: '', requestId: '' } }, { retryAfter: '7' }).retryAfter).toBe(7)
  })

  it.each([
    [502, '<html>', 'unavailable'],
    [504, undefined, 'unavailable'],
    [200, '<html>login to the hotel</html>', 'bad_answer'],
    [403, { error: 'nope' }, 'bad_answer'],
  ])('does not take a foreign answer (%i) for ours', (status, body, code) => {
    expect(errorFromAnswer(status, body).code).toBe(code)
  })
})

describe('texts', () => {
  it('fills placeholders and leaves unknown ones visible', () => {
    expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}')
  })

  it.each([
    [1, '1 second'],
    [0, '0 seconds'],
    [2, '2 seconds'],
  ])('chooses the form for %i', (n, text) => {
    expect(fill('{n} second | {n} seconds', { n })).toBe(text)
  })

  it('finds texts by path only', () => {
    expect(lookUp({ a: { b: 'x' } }, 'a.b')).toBe('x')
    expect(lookUp({ a: { b: 'x' } }, 'a')).toBeUndefined()
    expect(lookUp({ a: 'x' }, 'a.length')).toBeUndefined()
  })
})

describe('figures of the overview', () => {
  it('lead to lists of the same people and the same time', () => {
    const [from, until] = ['2026-10-31T16:00:00.000Z', '2026-11-26T04:00:00.000Z']
    const [mine, department] = (['mine', 'department'] as const).map(scope => overviewLinks({ scope, from, until }))
    const filtersOf = (link: { query: object }) => readFilters(link.query as LocationQuery)
    expect(Object.values(mine!).map(link => filtersOf(link).view)).toEqual(Array.from({ length: 7 }).fill('mine'))
    expect(Object.values(department!).map(link => filtersOf(link).view)).toEqual(Array.from({ length: 7 }).fill('reach'))
    expect(filtersOf(mine!.followUps).filters).toEqual([{ field: 'at', op: 'between', value: [from, until] }])
    expect(filtersOf(mine!.wonCount).filters).toMatchObject([{ field: 'closedAt', value: [from, until] }, { field: 'stage', value: ['won'] }])
    expect(filtersOf(mine!.newCustomers).filters).toMatchObject([{ field: 'createdAt', value: [from, until] }])
    expect(filtersOf(department!.newLeads).sort).toBe('-created')
  })
})
