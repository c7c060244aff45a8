import type { Plan } from '../plan/index.ts'
import type { LiveRun, RunParts } from './parts.ts'
import { and, eq, ne, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { runLanes } from '../lanes.ts'
import { counted } from '../source.ts'

const { syncChange } = tables

/** Calls under way per API. */
const width = 10

/** A plan would disable people who have to be asked about once more; nothing was written. */
export class Doubtful extends Error {
  override name = 'Doubtful'
  readonly userids: string[]

  constructor(userids: string[]) {
    super(`${userids.length} people have to be asked about once more`)
    this.userids = userids
  }
}

/**
 * Minutes may lie between the answer that somebody is gone and the moment they would be disabled. `sure`: who was asked
 * about just now. Whose userid is another person's by now is not asked about: DingTalk would speak of that person.
 * @throws {Doubtful}
 */
export function assertSure({ accounts: { disable } }: Plan, sure: ReadonlySet<string>): void {
  const doubted = disable.flatMap(({ held: { userid }, reason }) => (reason.key === 'recycled' || sure.has(userid) ? [] : userid))
  if (doubted.length > 0)
    throw new Doubtful(doubted)
}

/**
 * Asks DingTalk once more about everybody a waiting plan would disable: hours may lie between a preview and its
 * approval, and whoever came back meanwhile must not lose their account. `chosen` absent = all of them. Whose userid is
 * another person's by now is not asked about: DingTalk would speak of that person.
 * @returns whether all are still gone; somebody who is not makes the plan outdated
 * @throws {DingTalkError} when it cannot be known
 */
export async function stillGone({ db, source }: Pick<RunParts, 'db' | 'source'>, { id: runId, meter, signal }: Pick<LiveRun, 'id' | 'meter' | 'signal'>, chosen: string[] | undefined): Promise<boolean> {
  const { getUser } = counted(source, meter)
  const wanted = chosen && new Set(chosen)
  const leavers = await db
    .select({ id: syncChange.id, userid: syncChange.userid })
    .from(syncChange)
    .where(and(eq(syncChange.runId, runId), eq(syncChange.status, 'planned'), eq(syncChange.kind, 'account.disable'), ne(sql`${syncChange.reason}->>'key'`, 'recycled')))
  let back = 0
  await runLanes<'person'>(width, signal, (add) => {
    for (const { id, userid } of leavers) {
      if (userid === null || (wanted && !wanted.has(id)))
        continue
      add('person', meter.question(async (signal) => {
        if (back === 0 && (await getUser(userid, { signal })).status !== 'gone')
          back++
      }))
    }
  })
  return back === 0
}
