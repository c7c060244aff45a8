import type { Database } from '../../server/db/index.ts'
import type { MemberDetail } from '../../server/dingtalk/index.ts'
import type { Snapshot, SnapshotMember } from '../../server/directory/sync/snapshot.ts'
import type { ContactSource } from '../../server/directory/sync/source.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { chooseAsked, learnManagers, settleManagers } from '../../server/directory/sync/managers.ts'
import { createProgress } from '../../server/directory/sync/progress.ts'
import { defaultSettings } from '../../server/directory/sync/settings/index.ts'
import { engines } from '../support/engines.ts'

function member(userid: string): SnapshotMember {
  return {
    userid,
    unionid: `union-${userid}`,
    name: userid,
    avatar: undefined,
    title: undefined,
    mobile: undefined,
    email: undefined,
    jobNumber: undefined,
    hiredAt: undefined,
    activated: true,
    deptIds: [1],
    leaderIn: [],
  }
}
const people = Array.from({ length: 21 }, (_, index) => member(`u${String(index).padStart(2, '0')}`))

it('asks about new and changed people at once, and about everybody else in turn', () => {
  const seen = new Set<string>()
  let after = ''
  for (let run = 0; run < 7; run++) {
    const chosen = chooseAsked(people, new Set(['u05']), after)
    expect(chosen.asked[0]).toBe('u05')
    expect(chosen.asked).toHaveLength(4)
    chosen.asked.forEach(userid => seen.add(userid))
    after = chosen.after
  }
  expect(seen.size).toBe(people.length)
})

describe.each(engines)('learning direct managers on $engine', ({ open }) => {
  let database: Database
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  const asked: string[] = []
  const source: ContactSource = {
    authScopes: async () => ({ deptIds: [1], userids: [], fields: [] }),
    listSubDepartments: async () => [],
    getDepartment: async () => ({ status: 'gone' }),
    listUsers: async () => ({ members: [] }),
    countUsers: async () => 0,
    getUser: async (userid) => {
      asked.push(userid)
      const found: MemberDetail = { userid, name: userid, deptIds: [1], leaderIn: [], roles: [], ...(userid !== 'u00' && { managerUserid: 'u00' }) }
      return { status: 'found', member: found }
    },
  }
  const snapshot: Snapshot = { wholeCompany: true, departments: [{ deptId: 1, name: '公司', parentId: undefined, order: 0 }], members: people }
  const reading = { snapshot, findings: { people: new Map(), departments: new Map() } }
  const learn = (directManager: boolean) =>
    learnManagers(
      { db: database.db, source, readSettings: async () => ({ ...defaultSettings, directManager }) },
      reading,
      { runId: 'this', signal: new AbortController().signal, progress: createProgress() },
    )

  it('asks nobody unless the settings want it, and then about everybody new', async () => {
    expect(await learn(false)).toBe(reading)
    expect(asked).toEqual([])
    const {
      snapshot: { members },
    } = await learn(true)
    expect(asked.toSorted()).toEqual(people.map(({ userid }) => userid))
    expect(members.map(({ managerUserid }) => managerUserid)).toEqual([undefined, ...Array.from({ length: 20 }).fill('u00')])
  })

  it('goes on with others only when the run has written what it learned', async () => {
    const goesOnAt = async () => {
      const [found] = await database.db.select().from(tables.setting).where(eq(tables.setting.key, 'sync.managers'))
      return (found!.value as { after: string }).after
    }
    await learn(true)
    await settleManagers(database.db, 'a discarded preview')
    expect(await goesOnAt()).toBe('')
    await database.db.update(tables.setting).set({ value: { after: 'u02', offered: { run: 'this', after: 'u05' } } }).where(eq(tables.setting.key, 'sync.managers'))
    await settleManagers(database.db, 'this')
    expect(await goesOnAt()).toBe('u05')
  })
})
