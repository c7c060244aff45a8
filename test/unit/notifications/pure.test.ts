import { describe, expect, it } from 'vitest'
import { DingTalkError } from '../../../server/dingtalk/index.ts'
import { isCounted, isMetered, kindOf } from '../../../server/notifications/budget/kinds.ts'
import { forecast, levelOf, marksReached } from '../../../server/notifications/budget/reckon.ts'
import { dayOf, latestOf, monthOf, nextMonth } from '../../../server/notifications/days.ts'
import { isChecked } from '../../../server/notifications/deliver/checked.ts'
import { judge, pauseBefore } from '../../../server/notifications/deliver/outcome.ts'
import { mayLeaveAt, minuteMs, receiversOfCall, secondMs } from '../../../server/notifications/deliver/room.ts'
import { fix } from '../../../server/notifications/outbox/content.ts'
import { packDepartments } from '../../../server/notifications/outbox/departments.ts'
import { passes, verdicts } from '../../../server/notifications/results/read.ts'
import { defaultSettings } from '../../../server/notifications/settings/index.ts'
import fc from '../../support/properties.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)
const sendApi = '/topapi/message/corpconversation/asyncsend_v2'

describe('days and months of Shanghai', () => {
  it('turn at its midnight', () => {
    expect([dayOf(at('2026-12-31T23:59:59')), dayOf(at('2027-01-01T00:00:00'))]).toEqual(['2026-12-31', '2027-01-01'])
    expect([monthOf(at('2026-12-31T23:59:59')), monthOf(at('2027-01-01T00:00:00'))]).toEqual(['2026-12', '2027-01'])
    expect(nextMonth(at('2026-12-05T12:00:00'))).toBe(at('2027-01-01T00:00:00'))
  })

  it('find the latest digest time, yesterday\'s in the morning', () => {
    const times = ['14:00', '09:00']
    expect(latestOf(times, at('2027-01-05T08:59:59'))).toBe(at('2027-01-04T14:00:00'))
    expect(latestOf(times, at('2027-01-05T09:00:00'))).toBe(at('2027-01-05T09:00:00'))
    expect(latestOf(times, at('2027-01-05T23:00:00'))).toBe(at('2027-01-05T14:00:00'))
  })
})

describe('the pace', () => {
  it('never lets more receivers arrive in a minute than the limit, however long calls are under way, and lets the next one through in the end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ receivers: fc.integer({ min: 1, max: 100 }), priority: fc.integer({ min: 0, max: 2 }), ms: fc.integer({ min: 0, max: 20_000 }), arrives: fc.double({ min: 0, max: 1, noNaN: true }) }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 200, max: 1500 }),
        fc.integer({ min: 100, max: 400 }),
        (wanted, receiversPerMinute, receiversPerSecond) => {
          const limits = { receiversPerMinute, receiversPerSecond }
          const left: { at: number, arrived: number, answered: number, n: number }[] = []
          const sum = (calls: typeof left) => calls.reduce((total, call) => total + call.n, 0)
          let now = 1_000_000
          for (const { receivers, priority, ms, arrives } of wanted) {
            for (let turn = 0; ; turn++) {
              expect(turn).toBeLessThan(1000)
              const minute = left.filter(({ answered }) => answered > now - minuteMs)
              const answered = minute.flatMap(call => (call.answered <= now ? call.answered : []))
              const second = left.filter(({ at }) => at > now - secondMs)
              const recent = { minute: sum(minute), minuteOldest: answered.length > 0 ? Math.min(...answered) : null, second: sum(second), secondOldest: second[0]?.at ?? now }
              const next = mayLeaveAt({ receivers, priority }, recent, limits, now)
              if (next <= now)
                break
              now = next
            }
            left.push({ at: now, arrived: now + ms * arrives, answered: now + ms, n: receivers })
          }
          for (const { at: from, arrived } of left) {
            expect(sum(left.filter(call => call.arrived >= arrived && call.arrived < arrived + 60_000))).toBeLessThanOrEqual(receiversPerMinute)
            expect(sum(left.filter(call => call.at >= from && call.at < from + 1000))).toBeLessThanOrEqual(receiversPerSecond)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('sends to at most 100 people in a call, and to a whole department although it is larger than the limit', () => {
    expect(receiversOfCall({ receiversPerMinute: 5000, receiversPerSecond: 5000 })).toBe(100)
    expect(receiversOfCall({ receiversPerMinute: 30, receiversPerSecond: 5000 })).toBe(30)
    const nothing = { minute: 0, minuteOldest: null, second: 0, secondOldest: 5 }
    expect(mayLeaveAt({ receivers: 5000, priority: 2 }, nothing, { receiversPerMinute: 1500, receiversPerSecond: 300 }, 5)).toBe(5)
  })

  it('keeps a part of each minute for what is important', () => {
    const almost = { minute: 1450, minuteOldest: 5, second: 0, secondOldest: 5 }
    const limits = { receiversPerMinute: 1500, receiversPerSecond: 300 }
    expect([0, 1].map(priority => mayLeaveAt({ receivers: 1, priority }, almost, limits, 10))).toEqual([10, 5 + minuteMs])
  })

  it('packs departments by their people: none above the minute, none with more than 20, a larger one alone', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 60 }), fc.integer({ min: 1, max: 5000 }), (people, perMinute) => {
      const departments = people.map((count, id) => ({ id, people: count }))
      const calls = packDepartments(departments, perMinute)
      expect(calls.flatMap(({ deptIds }) => deptIds).sort((a, b) => a - b)).toEqual(departments.map(({ id }) => id))
      for (const { deptIds, receivers } of calls) {
        expect(receivers).toBe(deptIds.reduce((sum, id) => sum + people[id]!, 0))
        expect(deptIds.length).toBeLessThanOrEqual(20)
        expect(deptIds.length === 1 || receivers <= perMinute).toBe(true)
      }
    }))
    expect(packDepartments([{ id: 1, people: 900 }, { id: 2, people: 600 }, { id: 3, people: 800 }, { id: 4, people: 700 }], 1500)).toHaveLength(2)
  })

  it('asks for results of what is important, of the kinds named or sent again, and once a minute in a burst', () => {
    const call = { kind: 'plan.due', priority: 1, deptIds: null, receivers: 100, sentAgain: false }
    const asked = ['record.assigned']
    const quiet = { minute: 0, minuteOldest: null, second: 0, secondOldest: 0, calls: 0, checked: 0 }
    const burst = { ...quiet, minute: 400, calls: 4 }
    const settings = { ...defaultSettings, results: { important: true, samplePercent: 0 } }
    expect(isChecked(call, quiet, settings, asked, 0)).toBe(false)
    expect(isChecked(call, burst, settings, asked, 0)).toBe(true)
    expect(isChecked(call, { ...burst, checked: 1 }, settings, asked, 0)).toBe(false)
    expect(isChecked({ ...call, sentAgain: true }, quiet, settings, asked, 0)).toBe(true)
    expect(isChecked({ ...call, priority: 0 }, quiet, settings, asked, 0)).toBe(true)
    expect(isChecked({ ...call, priority: 0, deptIds: [1] }, burst, settings, asked, 0)).toBe(false)
    const assigned = { ...call, kind: 'record.assigned' }
    expect(isChecked(assigned, quiet, settings, asked, 0)).toBe(true)
    expect(isChecked(assigned, quiet, { ...settings, results: { important: false, samplePercent: 0 } }, asked, 0)).toBe(false)
  })
})

describe('the judgement of a failed call', () => {
  const failed = (reason: string, outcome: 'rejected' | 'unknown', api = sendApi) =>
    judge(new DingTalkError({ reason, api, httpStatus: 200, outcome }), { receivers: 3, attempts: 1 }).kind

  it('repeats only what certainly was not carried out', () => {
    expect(['90018', '90002', '41047', '45009'].map(reason => failed(reason, 'rejected'))).toEqual(['again', 'again', 'again', 'again'])
    expect(['timeout', '-1', 'network', 'http_502', 'unexpected_shape'].map(reason => failed(reason, 'unknown'))).toEqual(Array.from({ length: 5 }).fill('possible'))
    expect(failed('network', 'rejected')).toBe('again')
    expect(failed('timeout', 'unknown', '/v1.0/oauth2/accessToken')).toBe('again')
    expect(judge(new Error('the client was closed'), { receivers: 1, attempts: 1 }).kind).toBe('possible')
  })

  it('stops for what would refuse every message, and refuses what is wrong with this one', () => {
    expect(['40056', '60011', '60020', '90020', '40096', '41044', '50003'].map(reason => failed(reason, 'rejected'))).toEqual(Array.from({ length: 7 }).fill('stop'))
    expect(['41049', '34016', '41045', '400002'].map(reason => failed(reason, 'rejected'))).toEqual(Array.from({ length: 4 }).fill('refused'))
    expect(failed('40031', 'rejected')).toBe('split')
  })

  it('gives an expired token two more chances', () => {
    const error = new DingTalkError({ reason: '40014', api: sendApi, httpStatus: 200, outcome: 'rejected' })
    expect([1, 2, 3].map(attempts => judge(error, { receivers: 1, attempts }).kind)).toEqual(['again', 'again', 'stop'])
  })

  it('pauses longer each time, at least as long as DingTalk says', () => {
    expect([1, 2, 6, 60].map(attempts => pauseBefore(attempts, undefined))).toEqual([5_000, 15_000, 600_000, 600_000])
    expect(pauseBefore(1, 300_000)).toBe(300_000)
  })
})

describe('the result of a sending', () => {
  const nothing = { invalidUserids: [], invalidDeptIds: [], forbiddenUserids: [], failedUserids: [], readUserids: [], unreadUserids: [], forbidden: [] }

  it('names the documented reason where there is one', () => {
    expect(verdicts({ ...nothing, forbiddenUserids: ['a', 'b'], forbidden: [{ code: '143106', userid: 'a' }], readUserids: ['c'], invalidUserids: ['d'] })).toEqual([
      { userid: 'c', state: 'read', reason: null },
      { userid: 'd', state: 'invalid', reason: 'invalid_user' },
      { userid: 'a', state: 'dropped', reason: '143106' },
      { userid: 'b', state: 'dropped', reason: 'flow_control' },
    ])
  })

  it('knows which reasons pass', () => {
    expect(['143103', '143104', '1430003', '143105', '143106'].map(reason => passes({ state: 'dropped', reason }))).toEqual([true, true, true, false, false])
  })
})

describe('the budget', () => {
  it('counts what DingTalk counts', () => {
    expect([sendApi, '/auth/scopes', '/v1.0/todo/users/{unionId}/tasks', '/v1.0/contact/users/search', '/media/upload'].map(isMetered)).toEqual([true, true, true, true, true])
    expect(['/v1.0/oauth2/accessToken', '/topapi/v2/user/get', '/topapi/v2/user/getuserinfo', '/topapi/v2/department/listsub', '/v1.0/contact/users/me'].map(isMetered)).toEqual([false, false, false, false, false])
    expect([sendApi, '/v1.0/todo/users/{unionId}/tasks', '/auth/scopes'].map(kindOf)).toEqual(['send', 'todo', 'contacts'])
    const counted = (errcode: string, unsure = false, status = 200) => isCounted({ errcode, status, unsure })
    expect(['0', '40056', 'timeout', '90018', '90020', 'network'].map(errcode => counted(errcode))).toEqual([true, true, true, false, false, false])
    expect([counted('network', true), counted('Forbidden.AccessDenied.QpsLimitForAppkey'), counted('busy', false, 429)]).toEqual([true, false, false])
  })

  it('warns at 70 and 90 percent, and reckons the month from the days gone by', () => {
    expect([69, 70, 90, 100].map(used => levelOf(used, 100, false))).toEqual(['ok', 'warning', 'critical', 'spent'])
    expect([levelOf(5, null, false), levelOf(5, 100, true)]).toEqual(['unknown', 'spent'])
    expect(marksReached('critical')).toEqual([70, 90])
    expect(forecast(100, at('2027-01-11T00:00:00'))).toBe(310)
    expect(forecast(10, at('2027-01-01T00:00:01'))).toBe(310)
    expect(forecast(100, at('2027-01-31T23:59:59'))).toBe(100)
  })
})

describe('a message that is written', () => {
  const base = 'https://crm.example.com/crm'

  it('leads to us and to DingTalk, whoever wrote it', () => {
    const evil = 'https://evil.example/'
    const oa = (more: object) => ({ msgtype: 'oa' as const, oa: { message_url: `${base}/n/x`, head: { bgcolor: 'FFBBBBBB', text: '' }, body: { title: 't' }, ...more } })
    const card = (more: object) => ({ msgtype: 'action_card' as const, action_card: { markdown: 'm', single_title: 'open', single_url: `${base}/n/x`, ...more } })
    const link = (messageUrl: string, picUrl: string) => ({ msgtype: 'link' as const, link: { messageUrl, picUrl, title: 't', text: 't' } })
    for (const good of [oa({ pc_message_url: 'dingtalk://dingtalkclient/page/link?url=' }), card({}), link(`${base}/n/x`, '@lADOxxx'), oa({ body: { image: `${base}/message.png` } })])
      expect(fix(good, base).refusal).toBeUndefined()
    for (const bad of [
      oa({ message_url: evil }),
      oa({ pc_message_url: `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(evil)}` }),
      oa({ body: { image: evil } }),
      card({ single_url: evil }),
      card({ markdown: `[open](${evil})` }),
      { msgtype: 'action_card' as const, action_card: { markdown: 'm', btn_orientation: '1' as const, btn_json_list: [{ title: 'a', action_url: `${base}/n/x` }, { title: 'b', action_url: 'https://crm.example.com/other' }] } },
      link(evil, '@lADOxxx'),
      link(`${base}/n/x`, '//evil.example/p.png'),
      { msgtype: 'markdown' as const, markdown: { title: 't', text: `![](${evil})` } },
    ])
      expect(fix(bad, base), JSON.stringify(bad)).toMatchObject({ payload: '', refusal: { reason: 'foreign_link' } })
  })

  it('is measured in bytes, and is about something', () => {
    expect(fix({ msgtype: 'text', text: { content: '很'.repeat(660) } }, base).refusal).toBeUndefined()
    expect(fix({ msgtype: 'text', text: { content: ' ' } }, base).refusal).toEqual({ reason: 'bad_message', detail: 'empty' })
    expect(fix({ msgtype: 'text', text: { content: '很'.repeat(700) } }, base).refusal).toMatchObject({ reason: 'bad_message' })
  })
})
