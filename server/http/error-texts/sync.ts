import type { ErrorCode } from '#contract/errors.ts'
import type { Text } from '../locale.ts'

/** Synchronising the organisation. */
export const syncTexts = {
  sync_running: {
    message: { 'zh-CN': '已有一次同步正在进行', 'en-US': 'A sync is already running' },
    help: { 'zh-CN': '请等待它完成，或先取消它。', 'en-US': 'Wait for it to finish, or cancel it first.' },
  },
  sync_not_running: { message: { 'zh-CN': '这次同步已经结束', 'en-US': 'This sync has already ended' } },
  sync_disabled: {
    message: { 'zh-CN': '组织同步已关闭', 'en-US': 'Organisation sync is switched off' },
    help: { 'zh-CN': '请在同步设置中开启后再试。', 'en-US': 'Switch it on in the sync settings first.' },
  },
  sync_not_applicable: {
    message: { 'zh-CN': '这次任务没有可应用的变更计划', 'en-US': 'This run has no plan that could be applied' },
    help: { 'zh-CN': '请重新预览。', 'en-US': 'Make a new preview.' },
  },
  sync_outdated: {
    message: { 'zh-CN': '预览之后组织数据有变化，此计划已过时', 'en-US': 'The organisation has changed since this preview' },
    help: { 'zh-CN': '没有任何改动被写入，请重新预览。', 'en-US': 'Nothing was written. Make a new preview.' },
  },
  sync_not_undoable: {
    message: { 'zh-CN': '这次任务不能撤销', 'en-US': 'This run cannot be undone' },
    help: { 'zh-CN': '它没有写入变更，或已经撤销过。', 'en-US': 'It changed nothing, or was undone before.' },
  },
  handover_outdated: {
    message: { 'zh-CN': '名下记录在预览之后有变化', 'en-US': 'The records have changed since the preview' },
    help: { 'zh-CN': '什么都没有移交。请看过新的分配后再确认。', 'en-US': 'Nothing was handed over. Look at the new division, then confirm again.' },
  },
  handover_undone: { message: { 'zh-CN': '这次移交已经撤回过', 'en-US': 'This handover has been taken back already' } },
  conflict_resolved: { message: { 'zh-CN': '这条冲突已经处理过', 'en-US': 'This conflict has been resolved already' } },
} satisfies Partial<Record<ErrorCode, { message: Text, help?: Text }>>
