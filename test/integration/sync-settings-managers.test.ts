import type { Database } from '../../server/db/index.ts'
import type { DingTalkCredentials, MemberDetail } from '../../server/dingtalk/index.ts'
import type { Runs } from '../../server/directory/sync/fresh/parts.ts'
import type { Snapshot, SnapshotMember } from '../../server/directory/sync/snapshot.ts'
import type { ContactSource } from '../../server/directory/sync/source.ts'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { keepManagers } from '../../server/directory/sync/fresh/managers.ts'
import { learnManagers } from '../../server/directory/sync/managers.ts'
import { createProgress } from '../../server/directory/sync/progress.ts'
import { defaultSettings } from '../../server/directory/sync/settings/index.ts'
import { AppError } from '../../server/http/app-error.ts'
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
      { signal: new AbortController().signal, progress: createProgress() },
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

  it('asks about everybody else in hourly portions, one instance at a time, and again once all had their turn', async () => {
    const { db } = database
    const userids = Array.from({ length: 337 }, (_, index) => `p${String(index).padStart(3, '0')}`)
    const made = await db.insert(tables.account).values(userids.map(name => ({ name }))).returning()
    await db.insert(tables.binding).values(userids.map((userid, index) => ({ userid, unionid: `union-${userid}`, accountId: made[index]!.id, source: 'sync' as const })))
    const portions: string[][] = []
    let failure: Error | undefined
    const applyTargeted = async ({ userids: portion }: { userids: string[] }) => {
      if (failure)
        throw failure
      portions.push(portion)
      return { runId: undefined }
    }
    const parts = (directManager: boolean) => ({
      db,
      runs: { applyTargeted } as unknown as Runs,
      readSettings: async () => ({ ...defaultSettings, enabled: true, directManager }),
      credentials: async () => ({}) as DingTalkCredentials,
      log: pino({ level: 'silent' }),
    })
    const hour = 3600_000
    await keepManagers(parts(false), 0)
    expect(portions).toEqual([])
    await Promise.all([keepManagers(parts(true), hour), keepManagers(parts(true), hour)])
    expect(portions).toEqual([['p000', 'p001', 'p002']])
    // A run under way comes first; the portion after is made up for soon.
    failure = new AppError('sync_running')
    await keepManagers(parts(true), 2 * hour)
    failure = undefined
    await keepManagers(parts(true), 2 * hour + 60_000)
    expect(portions).toHaveLength(1)
    await keepManagers(parts(true), 2 * hour + 6 * 60_000)
    expect(portions).toHaveLength(2)
    for (let at = 4; portions.flat().length < userids.length - 3; at += 1.01) await keepManagers(parts(true), at * hour)
    expect(new Set(portions.flat()).size).toBe(portions.flat().length)
    await keepManagers(parts(true), 1000 * hour)
    await keepManagers(parts(true), 1002 * hour)
    expect(portions.at(-1)![0]).toBe('p000')
    // The clock is set back by a year: nobody waits that long.
    const before = portions.length
    await keepManagers(parts(true), -8760 * hour)
    expect(portions).toHaveLength(before + 1)
  })
})
