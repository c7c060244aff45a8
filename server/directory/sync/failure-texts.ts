import type { Locale, Text } from '../../http/locale.ts'
import type { FailureReason, StoredFailure } from './failure.ts'
import { explainReason } from '../../dingtalk/index.ts'

/** What a reader is told about a run that did not succeed. */
export interface FailureWords {
  message: string
  help: string | null
  where: string | null
  code: string | null
}

const texts: Record<FailureReason, { message: Text, help: Text }> = {
  scope_empty: {
    message: {
      'zh-CN': '应用没有任何通讯录授权范围，读不到任何部门和成员。',
      'en-US': 'The app\'s authorized scope is empty: it may read no department and nobody.',
    },
    help: {
      'zh-CN': '在钉钉开发者后台的「权限管理 > 通讯录管理」中，把授权范围设为「全部员工」或所需部门。没有任何数据被修改。',
      'en-US':
        'In DingTalk\'s developer console set the authorized scope (权限管理 > 通讯录管理) to everyone or to the departments you need. Nothing was changed.',
    },
  },
  no_members: {
    message: { 'zh-CN': '在授权范围内没有读到任何成员。', 'en-US': 'Not a single member was found in the authorized scope.' },
    help: {
      'zh-CN': '空的结果不会被当作事实，没有任何数据被修改。请检查授权范围是否包含有成员的部门，以及是否开通「通讯录部门成员读权限」。',
      'en-US':
        'An empty answer is never taken for the truth, so nothing was changed. Check that the authorized scope contains departments with people, and that the permission to read department members is enabled.',
    },
  },
  changed_underway: {
    message: {
      'zh-CN': '读取期间钉钉的组织架构发生了变化，两次都没有得到一致的结果。',
      'en-US': 'The organisation changed in DingTalk while it was being read, twice in a row.',
    },
    help: {
      'zh-CN': '等组织架构调整结束后再同步一次。没有任何数据被修改。',
      'en-US': 'Run the sync again when the changes in DingTalk are done. Nothing was changed here.',
    },
  },
  department_unreadable: {
    message: {
      'zh-CN': '钉钉列出了部门「{department}」，却不允许应用读取它。',
      'en-US': 'DingTalk lists the department "{department}" but does not let the app read it.',
    },
    help: {
      'zh-CN': '不完整的结果不会被应用。请检查授权范围后重试。',
      'en-US': 'An incomplete reading is never applied. Check the authorized scope and try again.',
    },
  },
  interrupted: {
    message: { 'zh-CN': '服务在同步过程中意外中断。', 'en-US': 'The server stopped unexpectedly during this sync.' },
    help: { 'zh-CN': '没有任何数据被修改，请重新同步。', 'en-US': 'Nothing was changed. Run the sync again.' },
  },
  shutdown: {
    message: { 'zh-CN': '服务正在重启，同步已中止。', 'en-US': 'The server was shut down, so the sync was stopped.' },
    help: { 'zh-CN': '没有任何数据被修改，请在服务启动后重新同步。', 'en-US': 'Nothing was changed. Run the sync again when the server is up.' },
  },
  last_administrator: {
    message: {
      'zh-CN': '所选变更会让 CRM 失去最后一位管理员，已停止。',
      'en-US': 'The selected changes would leave the CRM without an administrator, so they were not made.',
    },
    help: {
      'zh-CN': '没有任何数据被修改。请先指定另一位管理员，或同时应用管理员的恢复。',
      'en-US': 'Nothing was changed. Make somebody else an administrator first, or include the administrator who comes back.',
    },
  },
  internal: {
    message: { 'zh-CN': '同步时发生了意外错误。', 'en-US': 'Something unexpected went wrong during the sync.' },
    help: { 'zh-CN': '没有任何数据被修改。服务器日志中有详细信息。', 'en-US': 'Nothing was changed. The server\'s log has the details.' },
  },
}

/** Words a stored failure in the reader's language; DingTalk's errors as the catalogue explains them. */
export function wordFailure({ reason, values, dingtalk }: StoredFailure, locale: Locale): FailureWords {
  if (dingtalk) {
    const { cause, fix, where } = explainReason(dingtalk.reason, locale, dingtalk)
    return { message: cause, help: fix, where: where ?? null, code: dingtalk.reason }
  }
  const { message, help } = Object.hasOwn(texts, reason) ? texts[reason as FailureReason] : texts.internal
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
  return { message: fill(message[locale]), help: fill(help[locale]), where: null, code: null }
}
