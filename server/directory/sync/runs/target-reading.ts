import type { Db } from '../../../db/index.ts'
import type { DepartmentDetail } from '../../../dingtalk/index.ts'
import type { Findings, Verdict } from '../plan/types.ts'
import type { ProgressMeter } from '../progress.ts'
import type { Snapshot, SnapshotDepartment, SnapshotMember } from '../snapshot.ts'
import type { ContactSource } from '../source.ts'
import type { HeldDepartment } from '../state.ts'
import { eq } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { DingTalkError } from '../../../dingtalk/index.ts'
import { runLanes } from '../lanes.ts'
import { clean, toSnapshotMember } from '../member.ts'
import { rootDeptId } from '../snapshot.ts'
import { loadDepartments } from '../state.ts'

const { accountDepartment, binding } = tables

/** People and departments that an event named. */
export interface Targets {
  userids: string[]
  deptIds: number[]
}

/** Calls under way per API. */
const width = 10

/** What DingTalk did not answer about, and departments of which not everything could be followed; nothing of theirs is changed. */
export interface Unread {
  userids: ReadonlyMap<string, DingTalkError>
  deptIds: ReadonlySet<number>
}

/** People of a department that is gone who are asked about one by one. */
const peopleAtMost = 200

interface ReadingOptions {
  signal: AbortSignal
  progress?: Pick<ProgressMeter, 'question'>
  /** Departments that were just read. */
  read?: ReadonlySet<number>
  /** Goes on where single people cannot be read, and names them. */
  tolerant?: boolean
}

/**
 * Reads just these from DingTalk: the people, the departments, and what they lead to: departments somebody is in or
 * below which one hangs that we neither hold nor have just read, people who begin or cease to lead one, and those of one
 * that is gone.
 * @throws {DingTalkError} when a call failed for good, or all about people where that is tolerated; nothing is known then
 */
export async function readTargets(
  source: ContactSource,
  targets: Targets,
  { departments: ours, leaders, peopleOf }: Held,
  { signal, progress, read = new Set(), tolerant = false }: ReadingOptions,
): Promise<{ snapshot: Snapshot, findings: Findings, unread: Unread }> {
  const held = new Map(ours.flatMap(({ deptId, id }) => (deptId === null ? [] : [[deptId, id] as const])))
  const isKnown = (deptId: number) => held.has(deptId) || read.has(deptId)
  const asked = { people: new Set<string>(), departments: new Set<number>() }
  const members = new Map<string, SnapshotMember>()
  const departments = new Map<number, SnapshotDepartment>()
  const failed = new Map<string, DingTalkError>()
  const unfollowed = new Set<number>()
  /** Whom a department's change is about. */
  const concerned = new Map<number, string[]>()
  const gone = { people: new Map<string, Verdict>(), departments: new Map<number, Verdict>() }

  await runLanes<'person' | 'department'>(width, signal, (add) => {
    const ask: typeof add = (lane, task) => add(lane, progress ? progress.question(task) : task)
    function person(userid: string): void {
      if (asked.people.has(userid))
        return
      asked.people.add(userid)
      ask('person', async (signal) => {
        const answer = await source.getUser(userid, { signal }).catch((error: unknown) => unread(userid, error, signal))
        if (!answer)
          return
        if (answer.status !== 'found')
          return void gone.people.set(userid, answer.status)
        members.set(userid, toSnapshotMember(answer.member, answer.member.leaderIn))
        answer.member.deptIds.filter(deptId => !isKnown(deptId)).forEach(department)
      })
    }
    function department(deptId: number): void {
      // Negative ids are the home-school tree, which contacts cannot read (dingtalk-server-api §4.1).
      if (deptId <= 0 || asked.departments.has(deptId))
        return
      asked.departments.add(deptId)
      ask('department', async (signal) => {
        const answer = await source.getDepartment(deptId, { signal })
        if (answer.status !== 'found') {
          gone.departments.set(deptId, answer.status)
          // A move need not have an event of its own: where its people are now is asked before it takes them along.
          const left = answer.status === 'gone' && held.get(deptId)
          if (left)
            leaveWith(deptId, await peopleOf(left))
          return
        }
        const found = toSnapshotDepartment(answer.department)
        departments.set(deptId, found)
        if (found.parentId !== undefined && !isKnown(found.parentId))
          department(found.parentId)
        if (!answer.department.managerUserids)
          return
        const led = leaders.get(held.get(deptId) ?? '') ?? new Set()
        const leading = new Set(answer.department.managerUserids)
        const differing = [...[...led].filter(userid => !leading.has(userid)), ...[...leading].filter(userid => !led.has(userid))]
        concerned.set(deptId, differing)
        differing.forEach(person)
      })
    }
    /** Of too many a complete run knows sooner than questions one by one. */
    function leaveWith(deptId: number, people: string[]): void {
      concerned.set(deptId, people)
      if (tolerant && people.length > peopleAtMost)
        unfollowed.add(deptId)
      else people.forEach(person)
    }
    /** One person about whom DingTalk will not answer (60120, say) holds up nobody else. */
    function unread(userid: string, error: unknown, signal: AbortSignal): undefined {
      if (!tolerant || signal.aborted || !(error instanceof DingTalkError))
        throw error
      failed.set(userid, error)
      gone.people.set(userid, 'uncertain')
    }
    targets.userids.forEach(person)
    targets.deptIds.forEach(department)
  })
  const [first] = failed.values()
  if (first && failed.size === asked.people.size)
    throw first
  for (const [deptId, people] of concerned) {
    if (people.some(userid => failed.has(userid)))
      unfollowed.add(deptId)
  }
  for (const deptId of unfollowed) {
    if (gone.departments.has(deptId))
      gone.departments.set(deptId, 'uncertain')
  }
  return { snapshot: { wholeCompany: false, partial: true, departments: [...departments.values()], members: [...members.values()] }, findings: gone, unread: { userids: failed, deptIds: unfollowed } }
}

/** A full reading with what was read since put over it. */
export function patched<Read extends { snapshot: Snapshot, findings: Findings }>(
  full: Read,
  { snapshot, findings }: { snapshot: Snapshot, findings: Findings },
): Read {
  const departments = new Map(full.snapshot.departments.map(entry => [entry.deptId, entry]))
  const members = new Map(full.snapshot.members.map(entry => [entry.userid, entry]))
  const verdicts = { people: new Map(full.findings.people), departments: new Map(full.findings.departments) }
  for (const entry of snapshot.departments) {
    departments.set(entry.deptId, entry)
    verdicts.departments.delete(entry.deptId)
  }
  for (const entry of snapshot.members) {
    members.set(entry.userid, entry)
    verdicts.people.delete(entry.userid)
  }
  for (const [deptId, verdict] of findings.departments) {
    departments.delete(deptId)
    verdicts.departments.set(deptId, verdict)
  }
  for (const [userid, verdict] of findings.people) {
    members.delete(userid)
    verdicts.people.set(userid, verdict)
  }
  return { ...full, snapshot: { ...full.snapshot, departments: [...departments.values()], members: [...members.values()] }, findings: verdicts }
}

function toSnapshotDepartment({ deptId, name, parentId, order, managerUserids }: DepartmentDetail): SnapshotDepartment {
  const entry = { deptId, name: clean(name) ?? '', parentId: deptId === rootDeptId ? undefined : (parentId ?? rootDeptId), order }
  return managerUserids ? entry : { ...entry, leadersUnknown: true }
}

/** What a reading of single people and departments looks at. */
export interface Held {
  departments: HeldDepartment[]
  /** Department → userids of those we hold as its leaders. */
  leaders: ReadonlyMap<string, ReadonlySet<string>>
  /** userids of those we hold in a department. */
  peopleOf: (departmentId: string) => Promise<string[]>
}

export async function loadHeld(db: Db): Promise<Held> {
  const rows = await db
    .select({ departmentId: accountDepartment.departmentId, userid: binding.userid })
    .from(accountDepartment)
    .innerJoin(binding, eq(binding.accountId, accountDepartment.accountId))
    .where(eq(accountDepartment.leader, true))
  const leaders = new Map<string, Set<string>>()
  for (const { departmentId, userid } of rows) leaders.set(departmentId, (leaders.get(departmentId) ?? new Set()).add(userid))
  async function peopleOf(departmentId: string): Promise<string[]> {
    const found = await db
      .select({ userid: binding.userid })
      .from(accountDepartment)
      .innerJoin(binding, eq(binding.accountId, accountDepartment.accountId))
      .where(eq(accountDepartment.departmentId, departmentId))
    return found.map(({ userid }) => userid)
  }
  return { departments: await loadDepartments(db), leaders, peopleOf }
}
