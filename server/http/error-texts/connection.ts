import type { ErrorCode } from '#contract/errors.ts'
import type { Text } from '../locale.ts'

/** Setting up and changing the connection to DingTalk, and what DingTalk refuses on it. */
export const connectionTexts = {
  not_configured: {
    message: { 'zh-CN': '尚未连接钉钉', 'en-US': 'DingTalk is not connected yet' },
    help: { 'zh-CN': '请管理员完成首次设置。', 'en-US': 'An administrator has to complete the first-time setup.' },
  },
  setup_done: {
    message: { 'zh-CN': '首次设置已经完成', 'en-US': 'The first-time setup is already done' },
    help: {
      'zh-CN': '请以管理员身份登录后修改；无法登录时，在服务器上运行 npm run admin:link。',
      'en-US': 'Log in as an administrator to change it; if you cannot, run `npm run admin:link` on the server.',
    },
  },
  setup_token_invalid: {
    message: { 'zh-CN': '设置口令不正确', 'en-US': 'The setup token is wrong' },
    help: { 'zh-CN': '请从服务器启动日志中复制最新的设置口令。', 'en-US': 'Copy the current token from the server\'s start-up output.' },
  },
  admin_link_invalid: {
    message: { 'zh-CN': '此链接无效、已过期或已被使用', 'en-US': 'This link is wrong, expired or already used' },
    help: {
      'zh-CN': '请在服务器上重新运行 npm run admin:link，链接 10 分钟内有效且只能使用一次。',
      'en-US': 'Run `npm run admin:link` on the server again; a link works once, for ten minutes.',
    },
  },
  logins_off: {
    message: { 'zh-CN': '不能同时关闭两种登录方式', 'en-US': 'Both ways to log in cannot be off' },
    help: {
      'zh-CN': '请至少保留一种：在钉钉内登录，或在浏览器登录。否则所有人都进不来。',
      'en-US': 'Keep at least one, in DingTalk or in the browser; otherwise nobody gets in.',
    },
  },
  login_unproven: {
    message: { 'zh-CN': '剩下的登录方式还没有人用成功过，或者最近一次失败了', 'en-US': 'Nobody has yet got in by the login that is left, or it has failed since' },
    help: {
      'zh-CN': '如果它不通，包括管理员在内的所有人都进不来，只能在服务器上运行 npm run admin:link 打开应急链接。请先用它登录一次，或者确认后再关闭。',
      'en-US':
        'If it does not work nobody gets in, administrators included, except with the emergency link that `npm run admin:link` prints on the server. Log in with it once first, or confirm.',
    },
  },
  doctor_not_manual: {
    message: { 'zh-CN': '这一项现在不需要人工确认', 'en-US': 'This check is not one to confirm by hand now' },
    help: { 'zh-CN': '请重新检查，按它现在的结果处理。', 'en-US': 'Run the check again and go by what it finds now.' },
  },
  corp_change: {
    message: { 'zh-CN': '更换企业需要确认', 'en-US': 'Changing the company needs a confirmation' },
    help: {
      'zh-CN': '更换后，除你以外的人都会退出登录，原企业的成员不能再用钉钉登录；现有绑定先收起，需要为新企业重新同步组织。客户和账号都会保留，改回原来的企业时绑定会恢复。',
      'en-US':
        'Everybody but you is logged out, and members of the old company can no longer log in with DingTalk; their bindings are put aside, and the new company has to be synchronised. Records and accounts stay, and changing back brings the bindings back.',
    },
  },
  connection_refused: {
    message: { 'zh-CN': '没有保存：用这些凭证连接钉钉没有成功', 'en-US': 'Not saved: DingTalk could not be reached with these credentials' },
    help: {
      'zh-CN': '请按下面的说明改正后再保存；如果确定要先保存，可以选择“仍然保存”。',
      'en-US': 'Correct them as explained and save again, or choose to save them all the same.',
    },
  },
  dingtalk_rejected: {
    message: { 'zh-CN': '钉钉拒绝了请求', 'en-US': 'DingTalk refused the request' },
    help: { 'zh-CN': '请联系管理员，并告知请求编号。', 'en-US': 'Tell your administrator, with the request id.' },
  },
  dingtalk_unreachable: {
    message: { 'zh-CN': '暂时连不上钉钉', 'en-US': 'DingTalk cannot be reached' },
    help: {
      'zh-CN': '请稍后重试。若持续出现，请管理员检查服务器网络与代理设置。',
      'en-US': 'Try again in a moment. If it stays, an administrator should check the server\'s network and proxy.',
    },
  },
  dingtalk_throttled: {
    message: { 'zh-CN': '钉钉正在限流', 'en-US': 'DingTalk is limiting our calls' },
    help: { 'zh-CN': '请在 {retryAfter} 秒后重试。', 'en-US': 'Try again in {retryAfter} seconds.' },
  },
  notifications_off: {
    message: { 'zh-CN': '工作通知已关闭', 'en-US': 'Work notifications are switched off' },
    help: { 'zh-CN': '先在钉钉设置中打开"工作通知"开关。', 'en-US': 'Switch "work notifications" on in the DingTalk settings first.' },
  },
  notification_no_status: {
    message: { 'zh-CN': '这条消息没有可更新的状态栏', 'en-US': 'This message has no status bar to change' },
    help: {
      'zh-CN': '只有 7 天内发给最多 5 人的 OA 消息可以更新状态。',
      'en-US': 'Only an oa message sent to at most five people within seven days has one.',
    },
  },
} satisfies Partial<Record<ErrorCode, { message: Text, help?: Text }>>
