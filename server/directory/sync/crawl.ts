import type { AuthScopes, DepartmentDetail } from '../../dingtalk/index.ts'
import type { AddTask } from './lanes.ts'
import type { ProgressMeter } from './progress.ts'
import type { Snapshot, SnapshotDepartment } from './snapshot.ts'
import type { ContactSource } from './source.ts'
import { DingTalkError } from '../../dingtalk/index.ts'
import { SyncFailure } from './failure.ts'
import { runLanes } from './lanes.ts'
import { clean, toSnapshotMember } from './member.ts'
import { createPeople } from './people.ts'
import { rootDeptId } from './snapshot.ts'
import { placeAsTold } from './told-parents.ts'

export interface CrawlOptions {
  signal: AbortSignal
  progress: ProgressMeter
}

export interface Crawled extends Snapshot {
  /** Who changed departments while they were read, so that nobody knows which they are in. */
  moved: string[]
}

/** Calls under way per API. The DingTalk client paces them; this only has to cover slow answers. */
const width = 32
const pageSize = 100

type Lane = 'subs' | 'detail' | 'members' | 'person'

/**
 * Reads everything the app may read: every department below the authorized ones, every page of their direct
 * members, and the people authorized one by one. Complete or an error, never a part.
 * @throws {SyncFailure} changed_underway when departments vanished meanwhile; department_unreadable
 * @throws {DingTalkError} when a call failed for good
 */
export async function crawl(source: ContactSource, scope: AuthScopes, { signal, progress }: CrawlOptions): Promise<Crawled> {
  const wholeCompany = scope.deptIds.includes(rootDeptId)
  const departments = new Map<number, SnapshotDepartment>()
  /** Department → the one above it, as its own detail says. */
  const told = new Map<number, number>()
  const people = createPeople()
  let done = 0

  await runLanes<Lane>(width, signal, (add) => {
    for (const deptId of wholeCompany ? [rootDeptId] : new Set(scope.deptIds)) add('detail', signal => readRoot(deptId, signal, add))
    // With the whole company, people named one by one are in its departments anyway.
    for (const userid of wholeCompany ? [] : new Set(scope.userids)) add('person', signal => readPerson(userid, signal))
  })
  placeAsTold(departments, told)
  return { wholeCompany, departments: [...departments.values()], members: people.list(), moved: people.moved(departments) }

  /** A department named by the scope. DingTalk may still name one that was deleted; there is nothing to read then. */
  async function readRoot(deptId: number, signal: AbortSignal, add: AddTask<Lane>): Promise<void> {
    const found = await source.getDepartment(deptId, { signal })
    if (found.status === 'outOfScope')
      throw new SyncFailure('department_unreadable', { department: deptId })
    if (found.status === 'gone' || departments.has(deptId))
      return
    enter(deptId, found.department.name, deptId === rootDeptId ? undefined : (found.department.parentId ?? rootDeptId), add)
    describe(deptId, found.department)
    finishPart()
  }

  function enter(deptId: number, name: string, parentId: number | undefined, add: AddTask<Lane>): void {
    departments.set(deptId, { deptId, name: clean(name) ?? '', parentId, order: undefined, leadersUnknown: true })
    add('subs', signal => whilePresent(() => readSubDepartments(deptId, signal, add)))
    add('members', signal => whilePresent(() => readMembers(deptId, signal)))
    progress.departments(departments.size, done)
  }

  /** Whoever lists a department first is its parent until it says itself which is: what comes out is a tree, whatever DingTalk answers. */
  async function readSubDepartments(parentId: number, signal: AbortSignal, add: AddTask<Lane>): Promise<void> {
    for (const { deptId, name } of await source.listSubDepartments(parentId, { signal })) {
      // Negative ids are the home-school tree, which contacts cannot read (dingtalk-server-api §4.1).
      if (deptId <= 0 || departments.has(deptId))
        continue
      enter(deptId, name, parentId, add)
      add('detail', signal => readDetail(deptId, signal))
    }
    finishPart()
  }

  /** The order is only here; leaders are, and in the list of members (dingtalk-server-api §4.3). What it says is newer than its listing. */
  async function readDetail(deptId: number, signal: AbortSignal): Promise<void> {
    const found = await source.getDepartment(deptId, { signal })
    if (found.status === 'gone')
      throw new SyncFailure('changed_underway')
    if (found.status === 'outOfScope')
      throw new SyncFailure('department_unreadable', { department: departments.get(deptId)?.name || deptId })
    describe(deptId, found.department)
    finishPart()
  }

  function describe(deptId: number, detail: DepartmentDetail): void {
    const entry = departments.get(deptId)
    if (entry) {
      entry.order = detail.order
      entry.name = clean(detail.name) ?? entry.name
    }
    if (detail.parentId !== undefined)
      told.set(deptId, detail.parentId)
    if (detail.managerUserids)
      leadersOf(deptId, detail.managerUserids)
  }

  function leadersOf(deptId: number, userids: string[]): void {
    delete departments.get(deptId)?.leadersUnknown
    people.leads(deptId, userids)
  }

  async function readMembers(deptId: number, signal: AbortSignal): Promise<void> {
    const cursors = new Set<number>()
    for (let cursor: number | undefined = 0; cursor !== undefined;) {
      // A cursor that comes back would keep us here for ever.
      if (cursors.has(cursor))
        throw new SyncFailure('changed_underway')
      cursors.add(cursor)
      const page: Awaited<ReturnType<ContactSource['listUsers']>> = await source.listUsers(deptId, cursor, pageSize, { signal })
      for (const member of page.members) people.add(toSnapshotMember(member, member.leader ? [deptId] : []), deptId)
      if (page.members.some(({ leader }) => leader !== undefined))
        leadersOf(deptId, [])
      progress.members(people.size())
      cursor = page.nextCursor
    }
    finishPart()
  }

  async function readPerson(userid: string, signal: AbortSignal): Promise<void> {
    const found = await source.getUser(userid, { signal })
    if (found.status === 'found')
      people.add(toSnapshotMember(found.member, found.member.leaderIn))
    progress.members(people.size())
  }

  /** Sub-departments, detail and members make a department done. */
  function finishPart(): void {
    done += 1 / 3
    progress.departments(departments.size, Math.floor(done + 1e-6))
  }
}

/** A department deleted between its listing and its reading means that the crawl saw two different companies. */
async function whilePresent(read: () => Promise<void>): Promise<void> {
  try {
    await read()
  }
  catch (error) {
    throw error instanceof DingTalkError && error.reason === '60003' ? new SyncFailure('changed_underway') : error
  }
}
