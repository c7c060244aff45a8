import type { Branch } from '../../organization/tree.ts'
import { request } from '../../../../api/index.ts'
import { t } from '../../../../locales/index.ts'

/** A department that settings can name; how many people are in it is known once it has been synced. */
export interface NamedDepartment extends Branch {
  dingtalkId: number | null
  membersBelow: number | null
}

/** What has been synced or, before the first sync, what DingTalk shows. */
export async function fetchNamedDepartments(): Promise<readonly NamedDepartment[]> {
  const { departments: held } = await request('GET /api/directory/departments')
  if (held.some(({ dingtalkId }) => dingtalkId !== null))
    return held
  // Nothing to choose from yet is no reason to withhold the other settings.
  const { departments: shown } = await request('GET /api/sync/settings/departments', { timeout: 60_000 }).catch(() => ({ departments: [] }))
  return [
    ...held,
    ...shown.map(({ dingtalkId, name, parentId, order }) => ({ id: String(dingtalkId), dingtalkId, name, parentId: parentId === null ? null : String(parentId), order, membersBelow: null })),
  ]
}

/** The name of a department by DingTalk's id; its number when it is unknown here. */
export function departmentName(departments: readonly NamedDepartment[] | null, dingtalkId: number): string {
  return departments?.find(department => department.dingtalkId === dingtalkId)?.name ?? t('admin.sync.settings.scope.unknown', { id: dingtalkId })
}
