import type { RecordedChange } from '../../../server/directory/sync/changes/types.ts'
import type { Plan } from '../../../server/directory/sync/plan/index.ts'
import type { State } from '../../../server/directory/sync/state.ts'
import { describe, expect, it } from 'vitest'
import { countChanges } from '../../../server/directory/sync/changes/count.ts'
import { withNeeded } from '../../../server/directory/sync/changes/select.ts'
import { guardPlan } from '../../../server/directory/sync/guard.ts'
import { createProgress } from '../../../server/directory/sync/progress.ts'
import { defaultSettings } from '../../../server/directory/sync/settings/index.ts'
import { csvLine } from '../../../server/http/csv.ts'
import fc from '../../support/properties.ts'

function change(id: string, kind: RecordedChange['kind'], rest: Partial<RecordedChange>): RecordedChange {
  return {
    id,
    kind,
    seq: 0,
    targetType: 'department',
    targetId: id,
    userid: null,
    name: id,
    before: null,
    after: null,
    reason: { key: 'follows' },
    status: 'planned',
    ...rest,
  }
}

describe('a selection of changes', () => {
  const changes = [
    change('region', 'department.create', { after: { parentId: 'root' } }),
    change('team', 'department.create', { after: { parentId: 'region' } }),
    change('newcomer', 'account.create', {
      after: { userid: 'x', departments: [{ departmentId: 'team', leader: false }], mainDepartmentId: 'team' },
    }),
    change('old holder', 'binding.change', { before: { userid: 'x' }, after: null }),
    change('moves out', 'department.move', { before: { parentId: 'old' }, after: { parentId: 'root' } }),
    change('old', 'department.remove', { before: { parentId: 'root' } }),
    change('seen', 'mark.binding', {}),
    change('other', 'account.update', {}),
  ]

  it('brings what it needs, and book-keeping, and nothing else', () => {
    expect([...withNeeded(changes, new Set(['newcomer']), new Map())].sort()).toEqual(['newcomer', 'old holder', 'region', 'seen', 'team'])
    expect([...withNeeded(changes, new Set(['old']), new Map())].sort()).toEqual(['moves out', 'old', 'seen'])
    expect([...withNeeded(changes, new Set(['other']), new Map())].sort()).toEqual(['other', 'seen'])
  })

  it('notes that somebody has left only with what shuts them out', () => {
    const person = { targetType: 'account', targetId: 'li' } as const
    const leaving = [change('out', 'account.disable', person), change('missing', 'mark.binding', person), change('others', 'mark.binding', { targetType: 'account', targetId: 'wang' })]
    expect([...withNeeded(leaving, new Set(), new Map())]).toEqual(['others'])
    expect([...withNeeded(leaving, new Set(['out']), new Map())].sort()).toEqual(['missing', 'others', 'out'])
  })

  it('takes a department away only with the moves of the people who are in it', () => {
    const moves = [
      change('old', 'department.remove', { before: { parentId: 'root' } }),
      change('moves', 'account.move', { targetType: 'account', targetId: 'li', before: { departments: [{ departmentId: 'old', leader: false }] }, after: { departments: [] } }),
      change('stays', 'account.move', { targetType: 'account', targetId: 'wang', before: { departments: [{ departmentId: 'other', leader: false }] }, after: { departments: [] } }),
    ]
    expect([...withNeeded(moves, new Set(['old']), new Map())].sort()).toEqual(['moves', 'old'])
  })

  it('writes what DingTalk says of a person only to the account that becomes theirs', () => {
    const doubtful = [
      change('match', 'binding.create', { targetType: 'account', targetId: 'li', after: { userid: 'other li' } }),
      change('mobile', 'account.update', { targetType: 'account', targetId: 'li', before: { mobile: '1' }, after: { mobile: '2' } }),
      change('place', 'account.move', { targetType: 'account', targetId: 'li', after: { departments: [] } }),
      change('back', 'account.reenable', { targetType: 'account', targetId: 'li' }),
      change('leads', 'leadership', { targetType: 'account', targetId: 'li', after: { departments: [] } }),
      change('reports', 'account.update', { targetType: 'account', targetId: 'zhang', after: { managerId: 'li' } }),
      change('apart', 'account.update', { targetType: 'account', targetId: 'wang', after: { mobile: '3' } }),
    ]
    for (const id of ['mobile', 'place', 'back', 'leads', 'reports'])
      expect([...withNeeded(doubtful, new Set([id]), new Map())].sort()).toEqual([id, 'match'].sort())
    expect([...withNeeded(doubtful, new Set(['apart']), new Map())]).toEqual(['apart'])
  })

  it('moves no department below itself, however far the circle goes', () => {
    const held = new Map([['root', null], ['d', 'root'], ['g', 'd'], ['p', 'g']])
    const moves = [change('d', 'department.move', { after: { parentId: 'p' } }), change('g', 'department.move', { after: { parentId: 'root' } })]
    expect([...withNeeded(moves, new Set(['d']), held)].sort()).toEqual(['d', 'g'])
    expect([...withNeeded(moves, new Set(['g']), held)]).toEqual(['g'])
  })

  it('leaves a tree, whichever moves are chosen', () => {
    const size = 8
    /** Of each department the parent, and what moves where one after the other. */
    const companies = fc.record({
      parents: fc.array(fc.nat(), { minLength: size, maxLength: size }).map(picks => new Map(picks.map((pick, id) => [`${id}`, id === 0 ? null : `${Math.max(0, id - 1 - (pick % 2))}`]))),
      steps: fc.array(fc.tuple(fc.integer({ min: 1, max: size - 1 }), fc.nat(size - 1)), { maxLength: 4 }),
      picks: fc.array(fc.integer({ min: 1, max: size - 1 }), { maxLength: 2 }),
    })
    const isTree = (parents: ReadonlyMap<string, string | null>) => [...parents.keys()].every((start) => {
      let steps = 0
      for (let at: string | null | undefined = start; at && steps <= size; at = parents.get(at)) steps++
      return steps <= size
    })
    fc.assert(fc.property(companies, ({ parents: before, steps, picks }) => {
      let after = before
      for (const [id, parent] of steps) {
        const moved = new Map(after).set(`${id}`, `${parent}`)
        after = isTree(moved) ? moved : after
      }
      const moves = [...after].filter(([id, parentId]) => before.get(id) !== parentId).map(([id, parentId]) => change(id, 'department.move', { before: { parentId: before.get(id)! }, after: { parentId } }))
      const applied = withNeeded(moves, new Set(picks.map(String)), before)
      expect(isTree(new Map([...before].map(([id, parentId]) => [id, applied.has(id) ? after.get(id)! : parentId])))).toBe(true)
      for (const { id } of moves) expect(applied.has(id) || !picks.includes(Number(id))).toBe(true)
    }), { numRuns: 2000 })
  })

  it('counts a department or person with several changes of one sort once', () => {
    expect(
      countChanges([
        change('a', 'department.rename', {}),
        change('b', 'department.move', { targetId: 'a' }),
        change('c', 'account.move', {}),
        change('d', 'leadership', { targetId: 'c' }),
        change('e', 'conflict', { targetId: null }),
        change('f', 'conflict', { targetId: null }),
      ]),
    ).toMatchObject({ departmentsUpdated: 1, membershipsChanged: 1, conflicts: 2, accountsUpdated: 0 })
  })
})

describe('the guard', () => {
  function decide(disabled: number, accounts: number, removed = 0, departments = 100) {
    const plan = {
      accounts: { disable: Array.from({ length: disabled }) },
      departments: { remove: Array.from({ length: removed }) },
    } as unknown as Plan
    const state = {
      departments: Array.from({ length: departments }, (_, deptId) => ({ deptId })),
      accounts: Array.from({ length: accounts }, () => ({ status: 'active' })),
    } as State
    return guardPlan(plan, state, defaultSettings.guard)
  }

  it('lets few people go, even from a small company, and a small share of a large one', () => {
    expect(decide(5, 6)).toBeUndefined()
    expect(decide(50, 1000)).toBeUndefined()
    expect(decide(0, 0, 20)).toBeUndefined()
  })

  it('stops with the numbers when more go', () => {
    expect(decide(6, 7)).toEqual({ kind: 'guard', disabled: 6, accounts: 7, departmentsRemoved: 0, departments: 100, recent: { disabled: 0, departmentsRemoved: 0 } })
    expect(decide(51, 1000)).toMatchObject({ disabled: 51 })
    expect(decide(0, 10, 21)).toMatchObject({ departmentsRemoved: 21 })
  })
})

describe('an export', () => {
  it.each([
    ['=1+1', '"\'=1+1"'],
    ['+86', '"\'+86"'],
    ['-1', '"\'-1"'],
    ['@name', '"\'@name"'],
    ['say "hi", all', '"say ""hi"", all"'],
  ])('is safe to open in a spreadsheet: %s', (cell, line) => {
    expect(csvLine([cell, 'plain'])).toBe(`${line},"plain"\r\n`)
  })
})

describe('progress', () => {
  it('tells the time left from what is known, and nothing before', () => {
    let now = 0
    const meter = createProgress({ now: () => now })
    expect(meter.read()).toMatchObject({ rate: 0, secondsLeft: null, membersKnown: null })
    meter.announced(1000)
    now = 5000
    for (let call = 0; call < 100; call++) meter.call()
    meter.departments(20, 10)
    meter.members(500)
    // Ten departments of three calls and five pages of members are to come, at 20 calls a second.
    expect(meter.read()).toMatchObject({ rate: 20, membersKnown: 1000, secondsLeft: 2 })
  })

  it('counts questions and tells the time left by them once they are asked', async () => {
    let now = 0
    const meter = createProgress({ now: () => now })
    const questions = Array.from({ length: 60 }, () => meter.question(async () => meter.call()))
    meter.departments(1, 1)
    now = 1000
    for (const ask of questions.slice(0, 20)) await ask(new AbortController().signal)
    expect(meter.read()).toMatchObject({ questionsKnown: 60, questionsDone: 20, rate: 20, secondsLeft: 2 })
  })
})
