import type { Db } from '../../db/index.ts'
import type { Confirmed } from './confirm.ts'
import type { Plan } from './plan/index.ts'
import type { ProgressMeter } from './progress.ts'
import type { SettingsService } from './services.ts'
import type { ContactSource } from './source.ts'
import type { State } from './state.ts'
import { createAsker } from './confirm.ts'
import { runLanes } from './lanes.ts'
import { clean } from './member.ts'
import { makePlan } from './plan/index.ts'
import { loadRelevant } from './relevant/index.ts'

/** Calls under way. */
const width = 10

/** How many new and changed people a run asks about, one user/get each: at 15 calls a second three minutes. The rest have their turn in the background (fresh/managers.ts). */
const atMost = 3000

interface Parts {
  db: Db
  source: ContactSource
  readSettings: SettingsService['read']
}

/**
 * Adds the direct managers of new and changed people to a reading, where the settings want them: only user/get tells
 * (dingtalk-server-api §4.5). An answer that cannot be had leaves what we know.
 */
export async function learnManagers<T extends Pick<Confirmed, 'snapshot' | 'findings'>>({ db, source, readSettings }: Parts, reading: T, { signal, progress }: { signal: AbortSignal, progress: Pick<ProgressMeter, 'question'> }): Promise<T> {
  const settings = await readSettings()
  if (!settings.directManager)
    return reading
  const { snapshot, findings } = reading
  const state = await db.transaction(tx => loadRelevant(tx, reading, settings))
  const changed = changedUserids(makePlan(snapshot, state, findings, { settings, now: Date.now() }), state)
  const asked = snapshot.members.filter(({ userid, managerUserid }) => managerUserid === undefined && changed.has(userid)).slice(0, atMost)

  const ask = createAsker(signal)
  const managers = new Map<string, string>()
  await runLanes<'person'>(width, signal, (add) => {
    for (const { userid } of asked) {
      add('person', progress.question(signal =>
        ask(async () => {
          const answer = await source.getUser(userid, { signal })
          const manager = answer.status === 'found' ? clean(answer.member.managerUserid) : undefined
          if (manager)
            managers.set(userid, manager)
        })))
    }
  })
  const members = snapshot.members.map(member => (managers.has(member.userid) ? { ...member, managerUserid: managers.get(member.userid) } : member))
  return { ...reading, snapshot: { ...snapshot, members } }
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
