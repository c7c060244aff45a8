import type { Db } from '../../db/index.ts'
import type { Confirmed } from './confirm.ts'
import type { Plan } from './plan/index.ts'
import type { ProgressMeter } from './progress.ts'
import type { SettingsService } from './services.ts'
import type { SnapshotMember } from './snapshot.ts'
import type { ContactSource } from './source.ts'
import type { State } from './state.ts'
import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../db/index.ts'
import { createAsker } from './confirm.ts'
import { runLanes } from './lanes.ts'
import { clean } from './member.ts'
import { makePlan } from './plan/index.ts'
import { loadRelevant } from './relevant/index.ts'

/** Calls under way. */
const width = 10

/**
 * How many people a run asks about, one user/get each: new and changed ones at once, of the others a seventh, so
 * that a daily run has asked about everybody within a week, but never more than these (at 15 calls a second: three
 * minutes, and one). A first sync of a larger company learns the rest in the following runs.
 */
const atMost = { urgent: 3000, others: 1000 }

const key = 'sync.managers'
/** `offered`: where it goes on once this run has written what it learned. */
const row = z.object({ after: z.string(), offered: z.object({ run: z.string(), after: z.string() }).optional() })

interface Parts {
  db: Db
  source: ContactSource
  readSettings: SettingsService['read']
}

/**
 * Adds direct managers to a reading, where the settings want them: only user/get tells (dingtalk-server-api §4.5).
 * An answer that cannot be had leaves what we know.
 */
export async function learnManagers<T extends Pick<Confirmed, 'snapshot' | 'findings'>>({ db, source, readSettings }: Parts, reading: T, { runId, signal, progress }: { runId: string, signal: AbortSignal, progress: Pick<ProgressMeter, 'question'> }): Promise<T> {
  const settings = await readSettings()
  if (!settings.directManager)
    return reading
  const { snapshot, findings } = reading
  const state = await db.transaction(tx => loadRelevant(tx, reading, settings))
  const plan = makePlan(snapshot, state, findings, { settings, now: Date.now() })
  const [stored] = await db.select({ value: tables.setting.value }).from(tables.setting).where(eq(tables.setting.key, key))
  const known = stored ? row.parse(stored.value).after : ''
  const { asked, after } = chooseAsked(snapshot.members, changedUserids(plan, state), known)

  const ask = createAsker(signal)
  const managers = new Map<string, string>()
  await runLanes<'person'>(width, signal, (add) => {
    for (const userid of asked) {
      add('person', progress.question(signal =>
        ask(async () => {
          const answer = await source.getUser(userid, { signal })
          const manager = answer.status === 'found' ? clean(answer.member.managerUserid) : undefined
          if (manager)
            managers.set(userid, manager)
        })))
    }
  })
  const value: z.output<typeof row> = { after: known, offered: { run: runId, after } }
  await db.insert(tables.setting).values({ key, value }).onConflictDoUpdate({ target: tables.setting.key, set: { value } })
  const members = snapshot.members.map(member => (managers.has(member.userid) ? { ...member, managerUserid: managers.get(member.userid) } : member))
  return { ...reading, snapshot: { ...snapshot, members } }
}

/** The run has written what it learned: the next one asks about others. A discarded preview leaves them to be asked again. */
export async function settleManagers(tx: Db, runId: string): Promise<void> {
  await tx
    .update(tables.setting)
    .set({ value: sql`jsonb_build_object('after', ${tables.setting.value} -> 'offered' ->> 'after')` })
    .where(and(eq(tables.setting.key, key), sql`${tables.setting.value} -> 'offered' ->> 'run' = ${runId}`))
}

/**
 * Whom to ask: `urgent` ones first, then the others in the order of their userids from where the last run stopped,
 * which asks those longest unasked first.
 * @returns the userids, and where the next run goes on
 */
export function chooseAsked(members: SnapshotMember[], urgent: ReadonlySet<string>, after: string): { asked: string[], after: string } {
  const unknown = members.filter(({ managerUserid }) => managerUserid === undefined).map(({ userid }) => userid)
  const first = unknown.filter(userid => urgent.has(userid)).slice(0, atMost.urgent)
  const others = unknown.filter(userid => !urgent.has(userid)).sort()
  const start = others.findIndex(userid => userid > after)
  const turn = start < 0 ? others : [...others.slice(start), ...others.slice(0, start)]
  const share = turn.slice(0, Math.min(atMost.others, Math.ceil(others.length / 7)))
  return { asked: [...first, ...share], after: share.at(-1) ?? after }
}

function changedUserids({ accounts, bindings, moves }: Plan, state: State): Set<string> {
  const changed = new Set([...accounts.update.map(({ id }) => id), ...moves.map(({ accountId }) => accountId)])
  return new Set([
    ...accounts.create.map(({ userid }) => userid),
    ...bindings.create.map(({ userid }) => userid),
    ...bindings.change.flatMap(({ after }) => after?.userid ?? []),
    ...state.accounts.filter(({ id }) => changed.has(id)).map(({ userid }) => userid),
  ])
}
