import type { DepartmentDetail, ListedMember, MemberDetail } from '../../../server/dingtalk/index.ts'
import type { ContactSource } from '../../../server/directory/sync/source.ts'
import { describe, expect, it } from 'vitest'
import { DingTalkError } from '../../../server/dingtalk/index.ts'
import { confirm } from '../../../server/directory/sync/confirm.ts'
import { crawl } from '../../../server/directory/sync/crawl.ts'
import { createProgress } from '../../../server/directory/sync/progress.ts'
import { readCompany } from '../../../server/directory/sync/read-company.ts'
import { bound } from './people.ts'

const person = (userid: string, deptIds: number[], leader = false): ListedMember => ({ userid, unionid: userid, name: userid, deptIds, leader })
function detail(deptId: number, rest: Partial<DepartmentDetail> = {}): DepartmentDetail {
  return {
    deptId,
    name: `部门${deptId}`,
    parentId: 1,
    managerUserids: [],
    hidden: false,
    ...rest,
  }
}
const refusal = (reason: string) => new DingTalkError({ reason, api: '/test', httpStatus: 200, outcome: 'rejected' })

/** A DingTalk of one's own wishes: which departments each lists, and who is in them. */
function source(given: { below?: Record<number, number[]>, people?: Record<number, ListedMember[]> } & Partial<ContactSource>): ContactSource {
  const { below = {}, people = {}, ...overrides } = given
  const parents = new Map(Object.entries(below).reverse().flatMap(([parent, ids]) => ids.map(id => [id, Number(parent)] as const)))
  return {
    authScopes: async () => ({ deptIds: [1], userids: [], fields: [] }),
    listSubDepartments: async deptId => (below[deptId] ?? []).map(id => ({ deptId: id, name: `部门${id}`, parentId: deptId })),
    getDepartment: async deptId => ({ status: 'found', department: detail(deptId, { parentId: parents.get(deptId) }) }),
    listUsers: async deptId => ({ members: people[deptId] ?? [] }),
    getUser: async () => ({ status: 'gone' }),
    countUsers: async () =>
      new Set(
        Object.values(people)
          .flat()
          .map(({ userid }) => userid),
      ).size,
    ...overrides,
  }
}

const options = () => ({ signal: new AbortController().signal, progress: createProgress() })
const whole = { deptIds: [1], userids: [], fields: [] }
const read = (from: ContactSource, scope = whole) => readCompany(from, scope, options())
function tree(departments: Array<{ deptId: number, parentId: number | undefined }>) {
  return Object.fromEntries(departments.map(({ deptId, parentId }) => [deptId, parentId]))
}

describe('a crawl', () => {
  it('ends and gives a tree when departments list each other, themselves or the root', async () => {
    const { departments } = await crawl(source({ below: { 1: [2, 3], 2: [4, 2], 4: [2, 1], 3: [4] } }), whole, options())
    expect(tree(departments)).toEqual({ 1: undefined, 2: 1, 3: 1, 4: 2 })
  })

  it.each([[2], [3]])('takes the parent and the name from the department itself, also when %s lists it late', async (late) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const from = source({ below: { 1: [2, 3], 2: [4], 3: [4] }, getDepartment: async deptId => ({ status: 'found', department: detail(deptId, deptId === 4 ? { parentId: 3, name: '新名' } : {}) }) })
    const { departments } = await crawl(
      {
        ...from,
        listSubDepartments: async (deptId, ...rest) => {
          if (deptId === late)
            await promise
          else if (deptId === 4)
            resolve()
          return from.listSubDepartments(deptId, ...rest)
        },
      },
      whole,
      options(),
    )
    expect(tree(departments)).toEqual({ 1: undefined, 2: 1, 3: 1, 4: 3 })
    expect(departments.find(({ deptId }) => deptId === 4)!.name).toBe('新名')
  })

  it('keeps the listed parent where the told one was not read or would make a circle', async () => {
    const told: Record<number, number> = { 2: 4, 4: 5, 5: 4, 3: 99 }
    const from = source({ below: { 1: [2, 3], 2: [4], 4: [5] }, getDepartment: async deptId => ({ status: 'found', department: detail(deptId, { parentId: told[deptId] }) }) })
    const { departments } = await crawl(from, whole, options())
    const parents = tree(departments)
    expect(parents[3]).toBe(1)
    for (const { deptId } of departments) {
      let steps = 0
      for (let at: number | undefined = deptId; at !== undefined && steps < 10; at = parents[at]) steps++
      expect(steps).toBeLessThan(10)
    }
  })

  it('leaves out the home-school tree', async () => {
    const { departments } = await crawl(source({ below: { 1: [-7, 2] } }), whole, options())
    expect(departments.map(({ deptId }) => deptId)).toEqual([1, 2])
  })

  it('counts somebody in several departments once, with all leaderships of both sources', async () => {
    const from = source({
      below: { 1: [2, 3] },
      people: { 2: [person('a', [2, 3], true)], 3: [person('a', [2, 3]), person('b', [])] },
      getDepartment: async deptId => ({ status: 'found', department: detail(deptId, { managerUserids: deptId === 3 ? ['a', 'stranger'] : [] }) }),
    })
    const { members } = await crawl(from, whole, options())
    expect(members.map(({ userid, deptIds, leaderIn }) => [userid, deptIds, leaderIn.toSorted()])).toEqual([
      ['a', [2, 3], [2, 3]],
      ['b', [3], []],
    ])
  })

  it('knows where DingTalk did not tell who leads', async () => {
    const untold = ({ leader: _, ...listed }: ListedMember): ListedMember => ({ ...listed, leader: undefined })
    const from = source({
      below: { 1: [2, 3] },
      people: { 2: [untold(person('a', [2]))], 3: [person('b', [3])] },
      getDepartment: async deptId => ({ status: 'found', department: detail(deptId, { managerUserids: undefined }) }),
    })
    const { departments } = await crawl(from, whole, options())
    expect(Object.fromEntries(departments.map(({ deptId, leadersUnknown }) => [deptId, leadersUnknown ?? false]))).toEqual({ 1: true, 2: true, 3: false })
  })

  it('reads overlapping scopes once, and people named one by one', async () => {
    const alone: MemberDetail = { userid: 'alone', unionid: 'x', name: '独行', deptIds: [77], leaderIn: [], roles: [] }
    const asked: number[] = []
    const from = source({
      below: { 5: [7] },
      people: { 7: [person('a', [7])] },
      getDepartment: async deptId => ({ status: 'found', department: detail(deptId, { parentId: deptId === 7 ? 5 : 2 }) }),
      getUser: async userid => (userid === 'alone' ? { status: 'found', member: alone } : { status: 'gone' }),
    })
    const listUsers = from.listUsers
    const snapshot = await crawl(
      {
        ...from,
        listUsers: (deptId, ...rest) => {
          asked.push(deptId)
          return listUsers(deptId, ...rest)
        },
      },
      { deptIds: [7, 5], userids: ['alone', 'left'], fields: [] },
      options(),
    )
    expect(tree(snapshot.departments)).toEqual({ 5: 2, 7: 5 })
    expect(asked.toSorted()).toEqual([5, 7])
    expect(snapshot.members.map(({ userid }) => userid).sort()).toEqual(['a', 'alone'])
  })

  it('stores what Postgres can store', async () => {
    const {
      members: [member],
    } = await crawl(
      source({
        people: { 1: [{ ...person('a', [1]), name: ' 张\0三\uD800 ', title: '\u0007', mobile: '5550100', stateCode: '1', hiredDate: 1e17 }] },
      }),
      whole,
      options(),
    )
    expect(member).toMatchObject({ name: '张 三\uFFFD', title: undefined, mobile: '+1-5550100', hiredAt: undefined })
  })

  it('stops at the first failure and asks nothing more', async () => {
    let calls = 0
    const from = source({
      below: { 1: Array.from({ length: 500 }, (_, index) => index + 2) },
      listUsers: async (deptId) => {
        calls++
        if (deptId === 5)
          throw refusal('60011')
        return { members: [] }
      },
    })
    await expect(read(from)).rejects.toMatchObject({ reason: '60011' })
    expect(calls).toBeLessThan(50)
  })

  it('stops at once when aborted', async () => {
    const controller = new AbortController()
    const from = source({
      listUsers: async (_deptId, _cursor, _size, given) => {
        controller.abort(new Error('enough'))
        given!.signal!.throwIfAborted()
        return { members: [] }
      },
    })
    await expect(crawl(from, whole, { signal: controller.signal, progress: createProgress() })).rejects.toThrow('enough')
  })
})

describe('a reading of the company', () => {
  const people = { 1: [person('a', [1]), person('b', [1])] }

  it('reads once more when DingTalk counts otherwise, and tells both numbers when that does not help', async () => {
    const counts = [3, 3, 3, 2]
    expect((await read(source({ people, countUsers: async () => counts.shift()! }))).mismatch).toBeUndefined()
    expect((await read(source({ people, countUsers: async () => 3 }))).mismatch).toEqual({ announced: 3, seen: 2 })
    const accepting = (announced: number) => readCompany(source({ people, countUsers: async () => announced }), whole, { ...options(), accepted: 1 })
    expect(await accepting(3)).toMatchObject({ mismatch: undefined, countAccepted: true })
    expect(await accepting(2)).toMatchObject({ mismatch: undefined, countAccepted: false })
    expect(await accepting(4)).toMatchObject({ mismatch: { announced: 4, seen: 2 }, countAccepted: false })
    expect(await accepting(1)).toMatchObject({ mismatch: { announced: 1, seen: 2 } })
  })

  it('goes without the number where the permission for it is missing', async () => {
    const countUsers = async () => {
      throw refusal('60011')
    }
    expect(await read(source({ people, countUsers }))).toMatchObject({ company: null, snapshot: { members: [{}, {}] } })
  })

  it.each(['90018', '90002', 'ip_banned', '-1'])('fails where the number cannot be had for another reason: %s', async (reason) => {
    await expect(read(source({ people, countUsers: () => Promise.reject(refusal(reason)) }))).rejects.toMatchObject({ reason })
  })

  it('reads once more when a department vanishes meanwhile', async () => {
    let asked = 0
    const from = source({
      people,
      below: { 1: [2] },
      listUsers: async (deptId) => {
        if (deptId === 2 && asked++ === 0)
          throw refusal('60003')
        return { members: people[1] }
      },
    })
    expect((await read(from)).snapshot.members).toHaveLength(2)
  })

  it('fails when DingTalk lists a department it does not show', async () => {
    const from = source({
      people,
      below: { 1: [2] },
      getDepartment: async deptId => (deptId === 2 ? { status: 'outOfScope' } : { status: 'found', department: detail(deptId) }),
    })
    await expect(read(from)).rejects.toMatchObject({ reason: 'department_unreadable', values: { department: '部门2' } })
  })
})

describe('confirming who is missing', () => {
  const state = (count: number) => ({
    departments: [],
    accounts: Array.from({ length: count }, (_, index) => bound(`u${index}`, { unionid: `u${index}` })),
    unbound: [],
    memberships: new Map(),
    decisions: [],
  })
  const empty = { wholeCompany: true, departments: [], members: [] }

  it('takes back into the snapshot whom DingTalk still has', async () => {
    const found: MemberDetail = { userid: 'u0', unionid: 'u0', name: '还在', deptIds: [1], leaderIn: [1], roles: [] }
    const { snapshot, findings } = await confirm(source({ getUser: async () => ({ status: 'found', member: found }) }), empty, state(1), options())
    expect(snapshot.members).toMatchObject([{ userid: 'u0', name: '还在', leaderIn: [1] }])
    expect(findings.people.size).toBe(0)
  })

  it('asks about a part of those who are known to be out of scope, another one each time, and about everybody else', async () => {
    const outside = { ...state(1000), accounts: state(1000).accounts.map((held, index) => (index < 900 ? { ...held, state: 'out_of_scope' as const } : held)) }
    const asked = [new Set<string>(), new Set<string>()]
    for (const [round, seen] of asked.entries()) {
      const from = source({ getUser: async (userid) => {
        seen.add(userid)
        return { status: round === 0 ? 'outOfScope' : 'gone' }
      } })
      const { findings } = await confirm(from, { ...empty, wholeCompany: false }, outside, options())
      expect(seen.size).toBe(300)
      expect(findings.people.size).toBe(1000)
      expect(outside.accounts.slice(900).every(({ userid }) => seen.has(userid))).toBe(true)
    }
    expect(asked[0]).not.toEqual(asked[1])
    const all = new Set<string>()
    await confirm(source({ getUser: async (userid) => {
      all.add(userid)
      return { status: 'outOfScope' }
    } }), { ...empty, wholeCompany: true }, outside, options())
    expect(all.size).toBe(1000)
  })

  it('gives up asking when DingTalk keeps failing, and calls nobody gone', async () => {
    let asked = 0
    const { findings } = await confirm(
      source({
        getUser: async () => {
          asked++
          throw refusal('-1')
        },
      }),
      empty,
      state(300),
      options(),
    )
    expect(findings.people.size).toBe(0)
    expect(asked).toBeLessThan(30)
  })
})
