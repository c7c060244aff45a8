import type { SyncSettings } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { Findings } from '../plan/index.ts'
import type { Snapshot, SnapshotMember } from '../snapshot.ts'
import type { State } from '../state.ts'
import type { Sifted } from './sift.ts'
import { eq, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { selectDepartments } from '../plan/filter.ts'
import { parentIds } from '../plan/parents.ts'
import { byUserid } from '../snapshot.ts'
import { loadDecisions, loadDepartments, loadPeople } from '../state.ts'
import { comparedFields } from './lines.ts'
import { createPlaces } from './places.ts'
import { sift } from './sift.ts'
import { wantedAccounts } from './wanted.ts'

const { account, binding } = tables

interface Reading {
  snapshot: Snapshot
  findings: Findings
}

const nobody: Sifted = { unchanged: new Map(), others: [] }

/**
 * Reads what we hold as far as planning this reading needs it, within a transaction: the plan is the same as with
 * everything. Whoever is as the snapshot shows them is only named; of a partial reading, only those it speaks of are
 * looked at.
 */
export async function loadRelevant(tx: Db, reading: Reading, settings: SyncSettings): Promise<State> {
  const { snapshot } = reading
  const departments = await loadDepartments(tx)
  const decisions = await loadDecisions(tx)
  const { unchanged, others } = snapshot.partial ? nobody : await siftAll(tx, reading, departments, settings)
  const people = await loadPeople(tx, wantedAccounts({
    ids: [...others, ...decisions.flatMap(({ accountId }) => accountId ?? [])],
    userids: snapshot.partial ? namedIn(reading) : [],
    open: snapshot.members.filter(({ userid }) => !unchanged.has(userid)),
    matchBy: settings.matchBy,
  }))
  return { departments, ...people, decisions, unchanged, active: snapshot.partial ? await countActive(tx) : activeAmong(people.accounts, unchanged) }
}

function namedIn({ snapshot: { members }, findings: { people } }: Reading): Set<string> {
  return new Set([...members.flatMap(({ userid, managerUserid }) => (managerUserid === undefined ? userid : [userid, managerUserid])), ...people.keys()])
}

async function siftAll(tx: Db, { snapshot, findings }: Reading, departments: State['departments'], settings: SyncSettings): Promise<Sifted> {
  const { snapshot: selected } = selectDepartments(snapshot, settings, parentIds(snapshot, { departments }, findings))
  // Who reports to whom is not compared, so whoever has a manager to follow is looked at.
  const isCompared = ({ managerUserid }: SnapshotMember) => !settings.directManager || managerUserid === undefined
  return sift(tx, { members: byUserid(selected), isCompared, fields: comparedFields(selected.members, settings.fields), places: createPlaces(departments, { snapshot, findings, selected }) })
}

function activeAmong(accounts: State['accounts'], unchanged: ReadonlyMap<string, string>): number {
  return unchanged.size + accounts.filter(({ userid, status }) => status === 'active' && !unchanged.has(userid)).length
}

async function countActive(tx: Db): Promise<number> {
  const [found] = await tx.select({ active: sql<number>`count(*)`.mapWith(Number) }).from(account).innerJoin(binding, eq(binding.accountId, account.id)).where(eq(account.status, 'active'))
  return found?.active ?? 0
}
