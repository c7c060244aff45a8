import type { ErrorCode } from '#contract/errors.ts'
import type { Text } from '../locale.ts'

/** Any request, whatever it is about. */
export const requestTexts = {
  bad_request: {
    message: { 'zh-CN': '请求格式不正确', 'en-US': 'The request could not be read' },
    help: { 'zh-CN': '请刷新页面后重试。', 'en-US': 'Reload the page and try again.' },
  },
  validation_failed: {
    message: { 'zh-CN': '有内容填写得不对', 'en-US': 'Some of the input does not fit' },
    help: {
      'zh-CN': '请按提示修改后再提交，目前没有任何改动被保存。',
      'en-US': 'Correct the marked fields and try again; nothing has been changed.',
    },
  },
  payload_too_large: {
    message: { 'zh-CN': '提交的内容太大', 'en-US': 'The request is too large' },
    help: { 'zh-CN': '单次提交不能超过 1 MB。', 'en-US': 'One request may carry at most 1 MB.' },
  },
  unsupported_media_type: { message: { 'zh-CN': '只接受 JSON 格式的请求', 'en-US': 'Only JSON is accepted' } },
  unauthenticated: {
    message: { 'zh-CN': '登录已失效', 'en-US': 'You are not logged in' },
    help: { 'zh-CN': '请重新登录。', 'en-US': 'Please log in again.' },
  },
  forbidden: {
    message: { 'zh-CN': '你没有权限进行此操作', 'en-US': 'You may not do this' },
    help: { 'zh-CN': '如有需要，请联系 CRM 管理员开通。', 'en-US': 'Ask a CRM administrator if you need it.' },
  },
  cross_site: {
    message: { 'zh-CN': '该请求来自其他网站，已被拒绝', 'en-US': 'The request came from another site and was refused' },
    help: {
      'zh-CN': '请直接打开 CRM 页面操作。如果你是管理员，请检查 PUBLIC_URL 是否与访问地址一致。',
      'en-US': 'Open the CRM itself. Administrators: check that PUBLIC_URL is the address people use.',
    },
  },
  not_found: {
    message: { 'zh-CN': '没有找到', 'en-US': 'Not found' },
    help: { 'zh-CN': '它可能已被删除，或者不在你的可见范围内。', 'en-US': 'It may have been removed, or you may not see it.' },
  },
  method_not_allowed: { message: { 'zh-CN': '此地址不支持这种操作', 'en-US': 'This address does not support that method' } },
  stale_edit: {
    message: { 'zh-CN': '在你编辑期间，有人修改了这条记录', 'en-US': 'Somebody changed this record while you were editing' },
    help: {
      'zh-CN': '请对比两个版本后再保存，你填写的内容仍在页面上。',
      'en-US': 'Compare both versions before saving; what you typed is still on the page.',
    },
  },
  rate_limited: {
    message: { 'zh-CN': '操作过于频繁', 'en-US': 'Too many attempts' },
    help: { 'zh-CN': '请在 {retryAfter} 秒后重试。', 'en-US': 'Try again in {retryAfter} seconds.' },
  },
  internal: {
    message: { 'zh-CN': '系统出了点问题', 'en-US': 'Something went wrong on our side' },
    help: {
      'zh-CN': '请稍后重试；若仍然如此，请把请求编号发给管理员。',
      'en-US': 'Try again in a moment; if it stays, give the request id to your administrator.',
    },
  },
  unavailable: {
    message: { 'zh-CN': '服务正在启动或停止', 'en-US': 'The service is starting or stopping' },
    help: { 'zh-CN': '请几秒后重试。', 'en-US': 'Try again in a few seconds.' },
  },
} satisfies Partial<Record<ErrorCode, { message: Text, help?: Text }>>
