import type { CheckId, CheckResult, DoctorCheck } from '#contract/connection.ts'
import type { Department } from '#contract/directory.ts'
import type { MessageRules } from '#contract/messages/index.ts'
import type { Filters } from '../../../src/pages/records/filters.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { asksDingTalk } from '../../../server/settings/doctor/titles.ts'
import { initials } from '../../../src/components/person/initials.ts'
import { telHref } from '../../../src/components/record/tel.ts'
import enPeople from '../../../src/locales/en-US/people.ts'
import { loadAreas } from '../../../src/locales/index.ts'
import zhPeople from '../../../src/locales/zh-CN/people.ts'
import { permissionState } from '../../../src/pages/admin/connect/permission-state.ts'
import { reportText } from '../../../src/pages/admin/connect/report.ts'
import { stateOfStep } from '../../../src/pages/admin/connect/steps.ts'
import { rulesIssues } from '../../../src/pages/admin/messages/issues.ts'
import { buildTree } from '../../../src/pages/admin/organization/tree.ts'
import { daysFrom } from '../../../src/pages/admin/people/calendar/month.ts'
import { readFilters, writeFilters } from '../../../src/pages/records/filters.ts'

describe('telHref', () => {
  it.each([
    ['138 0000-1234', 'tel:13800001234'],
    ['+86 (0571) 8888 6666', 'tel:+86057188886666'],
    ['0571-88886666 转 801', 'tel:057188886666,801'],
    ['１３８００００１２３４', 'tel:13800001234'],
    ['', null],
    ['暂无', null],
    ['javascript:alert(1)', null],
  ])('%s → %s', (phone, href) => {
    expect(telHref(phone)).toBe(href)
  })
})

describe('initials', () => {
  it.each([
    ['张小明', '小明'],
    ['欧阳若兰', '若兰'],
    ['Ada Lovelace', 'AL'],
    ['Grace O’Neill', 'GO'],
    ['😀', '😀'],
  ])('%s → %s', (name, expected) => {
    expect(initials(name)).toBe(expected)
  })
})

describe('the filters of a list', () => {
  const strings = (query: object) => Object.fromEntries(Object.entries(query).map(([key, value]) => [key, String(value)]))

  it('survive the URL', () => {
    const filters: Filters = { q: '云 帆', view: 'mine', status: 'open', sort: '-amount', filters: [{ field: 'level', op: 'any_of', value: ['A', 'B'] }] }
    expect(readFilters(strings(writeFilters(filters)))).toEqual(filters)
  })

  it('leave no trace in the URL when nothing is chosen', () => {
    expect(writeFilters(readFilters({}))).toEqual({})
  })

  it('take nonsense for nothing', () => {
    expect(readFilters({ view: 'theirs', status: '1 OR 1=1', sort: '-amount; drop', q: null, filters: '[{"field":1},7]' })).toEqual({ q: '', view: 'all', status: '', sort: '', filters: [] })
    expect(readFilters({ filters: '{' }).filters).toEqual([])
    expect([...readFilters({ q: '😀'.repeat(120) }).q]).toHaveLength(100)
  })
})

describe('the department tree', () => {
  const department = (id: string, parentId: string | null, order: number): Department => ({
    dingtalkId: null,
    id,
    name: id,
    parentId,
    order,
    members: 0,
    membersBelow: 0,
    parentOutOfScope: false,
  })

  it('orders brothers as DingTalk does and finds the way down', () => {
    const tree = buildTree([department('root', null, 0), department('b', 'root', 2), department('a', 'root', 1), department('a1', 'a', 1)])
    expect(tree.roots.map(({ id }) => id)).toEqual(['root'])
    expect(tree.childrenOf('root').map(({ id }) => id)).toEqual(['a', 'b'])
    expect(tree.pathTo('a1').map(({ id }) => id)).toEqual(['root', 'a', 'a1'])
    expect(tree.pathTo('unknown')).toEqual([])
  })

  it('shows a department whose parent is missing instead of losing it', () => {
    expect(buildTree([department('x', 'gone', 0)]).roots.map(({ id }) => id)).toEqual(['x'])
  })
})

it('finds what the server would refuse of the rules', () => {
  const rule = { inbox: true, dingtalk: true, mandatory: false, parts: [], roles: [], people: [], format: 'oa', usefulHours: 24 }
  const rules = { kinds: { 'plan.due': rule }, planDue: { day: { workingDaysBefore: 0, at: '09:00' }, minutesBefore: 30 }, planOverdue: { at: '09:00' }, daily: { at: '09:00' }, weekly: { weekday: 1, at: '09:00' }, pcOpens: 'workbench' } as unknown as MessageRules
  expect(rulesIssues(rules)).toEqual(new Set())
  expect(rulesIssues({ ...rules, planDue: { day: null, minutesBefore: null } })).toEqual(new Set())
  expect(rulesIssues({ ...rules, kinds: { ...rules.kinds, 'plan.due': { ...rules.kinds['plan.due'], usefulHours: 0.5 } } })).toEqual(new Set(['usefulHours']))
  expect(rulesIssues({ ...rules, planDue: { day: { workingDaysBefore: 11, at: '09:00' }, minutesBefore: '' as never }, daily: { at: '' } })).toEqual(new Set(['workingDays', 'minutes', 'time']))
})

describe('a step of the guide', () => {
  const check = (result: CheckResult, more: Partial<DoctorCheck> = {}) => ({ result, idle: false, manual: null, ...more }) as DoctorCheck
  const confirmed = { step: '', confirmed: { by: '', at: '' } }

  it.each<[string, DoctorCheck[], boolean, string]>([
    ['is done when everything was seen to work', [check('ok'), check('seen'), check('manual', { manual: confirmed })], false, 'ok'],
    ['is not while something waits for another check', [check('ok'), check('untried')], false, 'untried'],
    ['does not count what is switched off', [check('ok'), check('untried', { idle: true })], false, 'ok'],
    ['is not by what is switched off alone', [check('untried', { idle: true })], false, 'untried'],
    ['is not while it is being looked at', [check('ok')], true, 'running'],
    ['has a problem as soon as one is known', [check('failed'), check('ok')], true, 'failed'],
    ['waits for somebody', [check('manual'), check('untried')], false, 'manual'],
  ])('%s', (_, checks, running, word) => {
    expect(stateOfStep(checks, running, true).word).toBe(word)
  })

  it('is not done when the examination broke off before all of it was reached', () => {
    expect(stateOfStep([check('ok')], false, false).word).toBe('untried')
    expect(stateOfStep([check('ok'), check('failed')], false, false).word).toBe('failed')
  })
})

describe('days from one to another', () => {
  it.each([
    ['2027-02-27', '2027-03-02', ['2027-02-27', '2027-02-28', '2027-03-01', '2027-03-02']],
    ['2027-02-27', '2027-02-27', ['2027-02-27']],
    ['2027-02-27', '2027-02-01', ['2027-02-27']],
    ['2027-12-30', '2028-01-02', ['2027-12-30']],
    ['2027-12-30', '', ['2027-12-30']],
  ])('%s to %s', (day, until, days) => {
    expect(daysFrom(day, until)).toEqual(days)
  })
})

describe('the doctor\'s report', () => {
  beforeAll(() => loadAreas(['admin']))

  it('calls DingTalk\'s answer only what DingTalk answered', () => {
    const check = (id: CheckId, answered: string) => ({ id, answered, asksDingTalk: asksDingTalk(id), result: 'ok', title: id, tried: 'x', means: 'y', manual: null }) as DoctorCheck
    const report = reportText([check('credentials', 'token'), check('calendar', 'days'), check('publicUrl', 'HTTP 200')], { at: new Date(), address: 'here', whole: true })
    expect(report.match(/.*: (?:token|days|HTTP 200)/g)).toEqual(['  钉钉的回答: token', '  结果: days', '  结果: HTTP 200'])
  })
})

describe('the report of an examination that broke off', () => {
  beforeAll(() => loadAreas(['admin']))

  it('says so, and carries what was found with its confirmation', () => {
    const confirmed = { result: 'manual', id: 'scope', title: '范围', tried: 'x', means: 'y', manual: { step: '核对范围', confirmed: { by: '张三', at: '2026-11-01' } } } as DoctorCheck
    const report = reportText([confirmed], { at: new Date('2026-11-02T00:00:00Z'), address: 'https://crm.example.com', whole: false })
    expect(report).toContain('2026-11-02T00:00:00.000Z')
    expect(report).toMatch(/检查中途断开/)
    expect(report).toContain('核对范围 (张三, 2026-11-01)')
    expect(reportText([confirmed], { at: new Date(), address: '', whole: true })).not.toMatch(/检查中途断开/)
  })
})

describe('a permission point', () => {
  const check = (id: CheckId, result: CheckResult, more: Partial<DoctorCheck> = {}) => ({ id, result, fix: null, link: null, ...more }) as DoctorCheck

  it('is on when a call that needs it worked, off when DingTalk said so, and otherwise nobody knows', () => {
    const stateOf = (...checks: DoctorCheck[]) => permissionState({ code: 'qyapi_get_member', name: '成员信息读权限' }, checks)
    expect(stateOf()).toBeUndefined()
    expect(stateOf(check('memberDetail', 'untried'), check('departments', 'ok'))).toBeUndefined()
    expect(stateOf(check('memberDetail', 'seen'))).toBe('on')
    expect(stateOf(check('memberDetail', 'failed', { fix: '开通 qyapi_get_member' }), check('admins', 'ok'))).toBe('off')
    expect(stateOf(check('memberDetail', 'failed', { fix: '检查网络' }))).toBeUndefined()
  })
})

describe('the calendar page', () => {
  it('names only what counts working days', () => {
    expect([zhPeople.calendar.text, enPeople.calendar.text].join()).not.toMatch(/公海|release/)
  })
})
