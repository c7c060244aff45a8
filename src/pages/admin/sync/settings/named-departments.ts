import type { Branch } from '../../organization/tree.ts'
import { request } from '../../../../api/index.ts'
import { t } from '../../../../locales/index.ts'

/** A department that settings can name; how many people are in it is known once it has been synced. */
export interface NamedDepartment extends Branch {
  dingtalkId: number | null
  membersBelow: number | null
}

/** What has been synced. */
export async function fetchHeldDepartments(): Promise<readonly NamedDepartment[]> {
  return (await request('GET /api/directory/departments')).departments
}

/** What DingTalk shows before the first sync, which it takes its time for; none when it refuses. */
export async function fetchShownDepartments(): Promise<readonly NamedDepartment[]> {
  const { departments } = await request('GET /api/sync/settings/departments', { timeout: 60_000 }).catch(() => ({ departments: [] }))
  return departments.map(({ dingtalkId, name, parentId, order }) => ({ id: String(dingtalkId), dingtalkId, name, parentId: parentId === null ? null : String(parentId), order, membersBelow: null }))
}

/** The name of a department by DingTalk's id; its number when it is unknown here. */
export function departmentName(departments: readonly NamedDepartment[] | null, dingtalkId: number): string {
  return departments?.find(department => department.dingtalkId === dingtalkId)?.name ?? t('admin.sync.settings.scope.unknown', { id: dingtalkId })
}
