import type { SyncCounts } from '#contract/sync/index.ts'
import type { EndedRun } from '../../directory/sync/index.ts'
import type { Locale, Text } from '../../http/locale.ts'
import type { DeliveryAlert } from '../../notifications/index.ts'
import type { Notice } from './notice.ts'
import { word } from '../../notifications/index.ts'

const personWords = {
  accountsCreated: { 'zh-CN': '新增', 'en-US': 'added' },
  accountsUpdated: { 'zh-CN': '变更', 'en-US': 'changed' },
  accountsDisabled: { 'zh-CN': '停用', 'en-US': 'disabled' },
  accountsReenabled: { 'zh-CN': '恢复', 'en-US': 'enabled again' },
  conflicts: { 'zh-CN': '待处理', 'en-US': 'to decide about' },
} satisfies Partial<Record<keyof SyncCounts, Text>>

/** The end of a synchronisation: waiting for approval, failed, or finished with changes; what changed nothing is no news. */
export function syncNotices({ id, mode, status, counts, error }: EndedRun, at: Date): Notice[] {
  const common = { key: `sync:${id}:${status}`, at, actor: null, opens: { kind: 'run', id } } as const
  const summary = counts && countWords(counts)
  if (status === 'stopped')
    return [{ ...common, kind: 'sync.approval', values: summary ? { reason: summary } : {} }]
  if (status === 'failed' && error) {
    const content = { 'zh-CN': error['zh-CN'].message, 'en-US': error['en-US'].message }
    return [{ ...common, kind: 'system.alert', values: { title: { 'zh-CN': '组织同步失败', 'en-US': 'The synchronisation failed' }, content } }]
  }
  return status === 'succeeded' && mode !== 'preview' && summary ? [{ ...common, kind: 'sync.finished', values: { summary } }] : []
}

function countWords(counts: SyncCounts): Text | undefined {
  const people = Object.entries(personWords).flatMap(([name, words]) => {
    const n = counts[name as keyof typeof personWords] ?? 0
    return n > 0 ? [{ 'zh-CN': `${words['zh-CN']} ${n} 人`, 'en-US': `${n} ${words['en-US']}` }] : []
  })
  const departments = counts.departmentsCreated + counts.departmentsUpdated + counts.departmentsRemoved
  const some = [...people, ...(departments > 0 ? [{ 'zh-CN': `部门变更 ${departments} 个`, 'en-US': `${departments} changes to departments` }] : [])]
  return some.length === 0 ? undefined : { 'zh-CN': some.map(words => words['zh-CN']).join('，'), 'en-US': some.map(words => words['en-US']).join(', ') }
}

/** Somebody without an account asks to be let in. */
export function accessNotice(request: { id: string, name: string, note: string }, at: Date): Notice {
  return {
    kind: 'access.requested',
    key: `access:${request.id}`,
    at,
    actor: null,
    opens: { kind: 'page', page: 'access' },
    values: { person: request.name, note: request.note },
  }
}

/** Delivery stopped, or the month's calls run out. */
export function alertNotice(alert: DeliveryAlert): Notice {
  const common = { kind: 'system.alert', key: `alert:${alert.key}`, at: alert.at, actor: null, opens: { kind: 'page', page: 'delivery' } } as const
  if (alert.kind === 'paused') {
    return {
      ...common,
      values: {
        title: { 'zh-CN': '工作通知已暂停发送', 'en-US': 'Work notifications are paused' },
        content: explained(alert.reason, { 'zh-CN': '处理后请在“发送设置”中恢复。', 'en-US': 'Resume in the delivery settings once it is solved.' }),
      },
    }
  }
  if (alert.kind === 'todos') {
    return {
      ...common,
      values: {
        title: { 'zh-CN': '钉钉待办已暂停写入', 'en-US': 'To-dos in DingTalk are paused' },
        content: explained(alert.reason, { 'zh-CN': '处理后请在“发送设置”中重试。', 'en-US': 'Try again in the delivery settings once it is solved.' }),
      },
    }
  }
  const { percent, used, budget, outside } = alert
  if (outside) {
    return {
      ...common,
      values: {
        title: { 'zh-CN': '企业本月的钉钉调用量已用完', 'en-US': 'The company\'s DingTalk calls of this month are used up' },
        content: {
          'zh-CN': `这是钉钉的答复。本应用只计到 ${used} 次，说明其他应用也在使用。`,
          'en-US': `DingTalk says so. This app has counted only ${used}, so other apps use calls too.`,
        },
      },
    }
  }
  return {
    ...common,
    values: {
      title: { 'zh-CN': `本月钉钉调用已用 ${percent}%`, 'en-US': `${percent} % of this month's DingTalk calls are used` },
      content: { 'zh-CN': `已调用 ${used} 次，预算 ${budget} 次。`, 'en-US': `${used} of ${budget} calls.` },
    },
  }
}

/** A reason's cause and fix, its code for whoever asks DingTalk, and what to do here. */
function explained(reason: string, then: Text): Text {
  const inLanguage = (locale: Locale) => {
    const { cause, fix } = word(reason, locale)
    return [`${cause} ${fix}`.trim(), locale === 'zh-CN' ? `（${reason}）` : ` (${reason}) `, then[locale]].join('')
  }
  return { 'zh-CN': inLanguage('zh-CN'), 'en-US': inLanguage('en-US') }
}

/** Something that people should hear of could not be worded or written. */
export function untoldNotice(id: number, at: Date): Notice {
  return {
    kind: 'system.alert',
    key: `untold:${id}`,
    at,
    actor: null,
    opens: { kind: 'page', page: 'delivery' },
    values: {
      title: { 'zh-CN': '有消息无法写出', 'en-US': 'Some messages cannot be written' },
      content: { 'zh-CN': `编号 ${id}，原因见服务器日志；系统会继续重试。`, 'en-US': `Number ${id}; the server's log has the reason. It is tried again.` },
    },
  }
}
