import { z } from 'zod'
import { id, paging, timestamp } from '../common.ts'
import { changeKinds } from './changes.ts'
import { syncCounts } from './counts.ts'

export const syncProgress = z.object({
  departmentsKnown: z.int(),
  departmentsDone: z.int(),
  membersSeen: z.int(),
  /** Members that user/count announced; null where it may not be asked. */
  membersKnown: z.int().nullable(),
  /** People and departments that are asked about one by one, and how many of them DingTalk has answered. */
  questionsKnown: z.int(),
  questionsDone: z.int(),
  calls: z.int(),
  retries: z.int(),
  /** Calls a second over the last seconds. */
  rate: z.number(),
  /** Seconds left at this rate; null while nobody knows. */
  secondsLeft: z.number().nullable(),
  /** Seconds until DingTalk may be called again after it said that it was too much; 0 = it may be now. */
  pausedSeconds: z.int(),
})
export type SyncProgress = z.infer<typeof syncProgress>

/** DingTalk's own count differs from what it showed, twice. */
const countMismatch = z.object({ announced: z.int(), seen: z.int() })
export type CountMismatch = z.infer<typeof countMismatch>

/** Why a run waits for an administrator. */
export const syncStop = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('guard'),
    disabled: z.int(),
    accounts: z.int(),
    departmentsRemoved: z.int(),
    departments: z.int(),
    /** What runs had already removed by themselves within a day: the guard counts it with what this one would remove. */
    recent: z.object({ disabled: z.int(), departmentsRemoved: z.int() }).default({ disabled: 0, departmentsRemoved: 0 }),
    /** The numbers differ besides. */
    count: countMismatch.nullable().default(null),
  }),
  z.object({ kind: z.literal('count'), ...countMismatch.shape }),
])
export type SyncStop = z.infer<typeof syncStop>

export const syncRun = z.object({
  id,
  mode: z.enum(['preview', 'apply', 'undo']),
  trigger: z.enum(['button', 'schedule', 'events', 'background', 'catch_up', 'undo']),
  /** planned: waits to be applied; stopped: the guard or a count mismatch asks for approval; outdated: planned, but the company has changed since. */
  status: z.enum(['running', 'planned', 'stopped', 'outdated', 'succeeded', 'failed', 'cancelled']),
  phase: z.enum(['scope', 'crawl', 'confirm', 'plan', 'apply', 'done']),
  startedAt: timestamp,
  finishedAt: timestamp.nullable(),
  startedBy: z.string(),
  progress: syncProgress,
  counts: syncCounts.nullable(),
  /** How many recorded changes of each kind, whatever became of them; kinds without any are absent. */
  kinds: z.partialRecord(z.enum(changeKinds), z.int()).nullable(),
  /** What the app may read: whole company, or so many departments and people; `company` is everybody, where it may be asked; `names` are those departments, unless they are the whole company. */
  scope: z
    .object({
      wholeCompany: z.boolean(),
      departments: z.int(),
      people: z.int(),
      members: z.int(),
      company: z.int().nullable(),
      names: z.array(z.string()),
      /** `company` and `members` differ as an administrator had accepted before. */
      countAccepted: z.boolean(),
    })
    .nullable(),
  stop: syncStop.nullable(),
  error: z.object({ message: z.string(), help: z.string().nullable(), where: z.string().nullable(), code: z.string().nullable() }).nullable(),
  /** The run this one undoes, and the one that undid it. */
  undoes: id.nullable(),
  undoneBy: id.nullable(),
  undoable: z.boolean(),
})
export type SyncRun = z.infer<typeof syncRun>

/** `waiting`: planned or stopped, for somebody to apply or discard. */
export const runsQuery = paging.extend({ status: z.enum(['waiting']).optional() })
