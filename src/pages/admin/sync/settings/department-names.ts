import type { Department } from '#contract/directory.ts'
import { t } from '../../../../locales/index.ts'

/** The name of a department by DingTalk's id; its number when it is unknown here. */
export function departmentName(departments: readonly Department[] | null, dingtalkId: number): string {
  return departments?.find(department => department.dingtalkId === dingtalkId)?.name ?? t('admin.sync.settings.scope.unknown', { id: dingtalkId })
}
