import type { ChoosableDepartment } from '#contract/sync/index.ts'
import type { Db } from '../../db/index.ts'
import type { ContactSource } from './source.ts'
import { and, asc, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../db/index.ts'
import { runLanes } from './lanes.ts'

const { syncChange, syncRun } = tables

/** Departments whose children are asked for; deeper levels can be chosen after a preview. */
const callsAtMost = 100
const width = 10

/**
 * Departments that filters and roles can name before a sync has made any: those of the last preview or, before one, the
 * upper levels as DingTalk shows them now.
 * @throws {DingTalkError}
 */
export async function choosableDepartments(db: Db, source: ContactSource, signal: AbortSignal): Promise<ChoosableDepartment[]> {
  const previewed = await previewedDepartments(db)
  return previewed.length > 0 ? previewed : walk(source, signal)
}

const planned = z.object({ deptId: z.number(), name: z.string(), parentId: z.string().nullish(), order: z.number() })

async function previewedDepartments(db: Db): Promise<ChoosableDepartment[]> {
  const [run] = await db.select({ id: syncRun.id }).from(syncRun).where(eq(syncRun.status, 'planned')).orderBy(desc(syncRun.startedAt)).limit(1)
  if (!run)
    return []
  const rows = await db
    .select({ id: syncChange.targetId, after: syncChange.after })
    .from(syncChange)
    .where(and(eq(syncChange.runId, run.id), eq(syncChange.kind, 'department.create')))
    .orderBy(asc(syncChange.seq))
  const made = rows.map(({ id, after }) => ({ id, ...planned.parse(after) }))
  const deptIds = new Map(made.map(({ id, deptId }) => [id, deptId]))
  return made.map(({ deptId, name, parentId, order }) => ({ dingtalkId: deptId, name, parentId: deptIds.get(parentId ?? null) ?? null, order }))
}

async function walk(source: ContactSource, signal: AbortSignal): Promise<ChoosableDepartment[]> {
  const { deptIds } = await source.authScopes({ signal, priority: 'interactive' })
  const found = new Map<number, ChoosableDepartment>()
  let calls = 0
  await runLanes<'department'>(width, signal, (add) => {
    function below(parentId: number): void {
      if (calls++ < callsAtMost) {
        add('department', async (signal) => {
          const children = await source.listSubDepartments(parentId, { signal, priority: 'interactive' })
          for (const [order, { deptId, name }] of children.entries()) {
            if (!found.has(deptId))
              below(deptId)
            found.set(deptId, { dingtalkId: deptId, name, parentId, order })
          }
        })
      }
    }
    for (const deptId of deptIds) {
      add('department', async (signal) => {
        const answer = await source.getDepartment(deptId, { signal, priority: 'interactive' })
        if (answer.status !== 'found')
          return
        if (!found.has(deptId))
          found.set(deptId, { dingtalkId: deptId, name: answer.department.name, parentId: null, order: answer.department.order ?? 0 })
        below(deptId)
      })
    }
  })
  return [...found.values()]
}
