import type { SyncConflict, SyncRun } from '#contract/sync/index.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadAreas } from '../../../src/locales/index.ts'
import { compare } from '../../../src/pages/admin/sync/conflicts/compare.ts'
import { fieldSides, valueWords } from '../../../src/pages/admin/sync/run/value-words.ts'
import { changeSentences, hasChanges, scopeSentence, sentences, timeLeft } from '../../../src/pages/admin/sync/sentences.ts'
import { settingsIssues } from '../../../src/pages/admin/sync/settings/issues.ts'
import { looksLikeCron, presetOf, presets } from '../../../src/pages/admin/sync/settings/schedule.ts'
import { syncRun } from '../../e2e/support/mock-data.ts'
import { noCounts, openConflicts, syncSettingsView } from '../../e2e/support/mock-sync-data.ts'

beforeAll(() => loadAreas(['admin']))

const run = (more: Partial<SyncRun>): SyncRun => ({ ...syncRun('r', 'apply', 9), ...more })

describe('a run in words', () => {
  it('speaks of the future until it is written, and of the past afterwards', () => {
    const counts = { ...noCounts, accountsDisabled: 2 }
    for (const status of ['planned', 'stopped', 'outdated'] as const)
      expect(sentences(run({ counts, status }))).toEqual(['将停用 2 个已离职成员的账号'])
    expect(sentences(run({ counts, mode: 'preview', status: 'succeeded' }))).toEqual(['停用了 2 个已离职成员的账号'])
    expect(sentences(run({ counts, mode: 'preview', status: 'cancelled' }))).toEqual(['将停用 2 个已离职成员的账号'])
  })

  it('does not take people kept or undecided for changes', () => {
    const waiting = run({ counts: { ...noCounts, conflicts: 2, keptInGrace: 1 } })
    expect(hasChanges(waiting)).toBe(false)
    expect(changeSentences(waiting)).toEqual([])
    expect(sentences(waiting)[0]).toBe('钉钉与 CRM 一致，没有变更。')
    expect(sentences(waiting)).toHaveLength(3)
  })

  it('names the company only where it is larger than what may be read', () => {
    const scope = { wholeCompany: true, departments: 1, people: 0, members: 214, company: 1203, names: ['销售部'], countAccepted: false }
    expect(scopeSentence(run({ scope }))).toContain('1203 人中的 214 人')
    expect(scopeSentence(run({ scope: { ...scope, company: 214 } }))).not.toContain('\n')
    expect(scopeSentence(run({ scope: { ...scope, countAccepted: true } }))).toContain('此前已被接受')
    expect(scopeSentence(run({ scope: null }))).toBeNull()
  })

  it.each([
    [0, '约剩 1 秒'],
    [89, '约剩 89 秒'],
    [90, '约剩 2 分钟'],
    [5399, '约剩 90 分钟'],
    [7201, '约剩 3 小时'],
  ])('rounds %i seconds up to %s', (seconds, words) => {
    expect(timeLeft(seconds)).toBe(words)
  })
})

describe('both sides of a change', () => {
  const target = { type: 'account', id: null, name: '李娜' } as const

  it('leaves out what is equal, and the book-keeping', () => {
    const sides = fieldSides({
      target,
      before: { status: 'active', title: 'A', disabledAt: null },
      after: { status: 'disabled', title: 'A', disabledAt: 1 },
    })
    expect(sides).toEqual([{ key: 'status', label: '状态', before: '启用', after: '停用' }])
  })

  it('does not repeat the name of what is new, but shows a new name', () => {
    expect(fieldSides({ target, before: null, after: { name: '李娜', title: '经理' } }).map(({ key }) => key)).toEqual(['title'])
    expect(fieldSides({ target: { ...target, type: 'department' }, before: { name: '甲' }, after: { name: '乙' } })).toEqual([
      { key: 'name', label: '名称', before: '甲', after: '乙' },
    ])
  })

  it('reads lists, yes and no, days, and names it does not know', () => {
    expect(valueWords('departments', ['甲', '乙'])).toBe('甲、乙')
    expect(valueWords('activated', false)).toBe('否')
    expect(valueWords('hiredAt', Date.UTC(2024, 0, 31, 16))).toBe('2024年2月1日')
    expect(valueWords('order', 0)).toBe('0')
    expect(valueWords('mobile', null)).toBe('')
    expect(fieldSides({ target, before: { somethingNew: 'a' }, after: { somethingNew: 'b' } })[0]?.label).toBe('somethingNew')
  })
})

describe('a member beside an account', () => {
  it('says of every field how the two sides stand, however they are written', () => {
    const conflict: SyncConflict = openConflicts()[0]!
    const judged = Object.fromEntries(compare(conflict.member, conflict.candidates[0]!).map(row => [row.field, row.comparison]))
    expect(judged).toEqual({ name: 'same', title: 'same', mobile: 'same', email: 'memberOnly', jobNumber: 'accountOnly', departments: 'different' })
    const [work] = [{ ...conflict.candidates[0]!, email: 'ZW@corp.example.com' }]
    expect(compare({ ...conflict.member, orgEmail: 'zw@corp.example.com' }, work).find(({ field }) => field === 'email'))
      .toMatchObject({ comparison: 'same', member: 'zhangwei@example.com、zw@corp.example.com' })
    const several = compare(
      { ...conflict.member, departments: ['甲', '乙'], jobNumber: null },
      { ...conflict.candidates[0]!, departments: ['乙', '甲'], jobNumber: null },
    )
    expect(several.map(row => row.comparison).slice(-2)).toEqual(['none', 'same'])
  })
})

describe('the schedule', () => {
  it('knows its presets however they are spaced, and takes the rest for custom', () => {
    for (const [name, cron] of Object.entries(presets)) expect(presetOf(cron)).toBe(name)
    expect(presetOf(' 10  2 * * * ')).toBe('daily')
    expect(presetOf('11 2 * * *')).toBe('custom')
  })

  it.each([
    ['10 2 * * *', true],
    ['*/5 8-18 * * 1-5', true],
    ['0 3 * * MON', true],
    ['10 2 * *', false],
    ['10 2 * * * *', false],
    ['', false],
    ['每天', false],
  ])('%s: %s', (cron, fits) => {
    expect(looksLikeCron(cron)).toBe(fits)
  })
})

describe('issues of the settings', () => {
  it('finds emptied, broken and impossible numbers', () => {
    const { settings } = syncSettingsView()
    expect([...settingsIssues(settings)]).toEqual([])
    // What v-model.number leaves of an emptied input.
    const emptied = {
      ...settings,
      guard: { ...settings.guard, disableCount: '' as unknown as number, disablePercent: 100.5 },
      grace: { ...settings.grace, value: 1.5 },
    }
    expect([...settingsIssues(emptied)]).toEqual(['disableCount', 'disablePercent', 'grace'])
    expect([...settingsIssues({ ...settings, schedule: { ...settings.schedule, cron: null } })]).toEqual([])
  })
})
