import type { ErrorCode } from '#contract/errors.ts'
import type { Text } from '../locale.ts'

/** Logging in, inside DingTalk and in the browser. */
export const loginTexts = {
  login_code_invalid: {
    message: { 'zh-CN': '登录凭证已过期或已被使用', 'en-US': 'The login code has expired or was already used' },
    help: { 'zh-CN': '请点击重试，系统会向钉钉重新获取凭证。', 'en-US': 'Tap retry: a new code is requested from DingTalk.' },
  },
  login_busy: {
    message: { 'zh-CN': '登录的人较多，正在排队', 'en-US': 'Many people are logging in; you are in the queue' },
    help: {
      'zh-CN': '约 {retryAfter} 秒后会自动重试，请不要关闭页面。',
      'en-US': 'It is tried again in about {retryAfter} seconds; keep this page open.',
    },
  },
  login_dingtalk_off: {
    message: { 'zh-CN': '管理员已关闭“在钉钉内登录”', 'en-US': 'Logging in inside DingTalk is switched off' },
    help: { 'zh-CN': '请改用浏览器登录，或联系 CRM 管理员。', 'en-US': 'Use the browser login, or ask a CRM administrator.' },
  },
  login_browser_off: {
    message: { 'zh-CN': '管理员已关闭“在浏览器登录”', 'en-US': 'Logging in with the browser is switched off' },
    help: { 'zh-CN': '请打开钉钉，从工作台进入 CRM。', 'en-US': 'Open DingTalk and start the CRM from its workbench.' },
  },
  login_not_visible: {
    message: { 'zh-CN': '你不在此应用的可见范围内', 'en-US': 'This app is not visible to you' },
    help: {
      'zh-CN': '请管理员在钉钉开发者后台 > 应用发布 > 版本管理与发布中，把你加入应用的可见范围。',
      'en-US': 'Ask an administrator to add you to the app\'s visible range: DingTalk developer console > 应用发布 > 版本管理与发布.',
    },
  },
  member_unknown: {
    message: { 'zh-CN': '你还没有 CRM 账号', 'en-US': 'You have no CRM account yet' },
    help: {
      'zh-CN': '新同事通常在下一次组织同步后即可登录。请联系管理员同步组织架构，或检查应用的通讯录授权范围是否包含你。',
      'en-US':
        'New colleagues can log in after the next organisation sync. Ask an administrator to run it, and to check that the app\'s authorized scope includes you.',
    },
  },
  member_external: {
    message: { 'zh-CN': '你不是该企业的内部成员', 'en-US': 'You are not a member of this company' },
    help: {
      'zh-CN': '外部联系人不能登录。请切换到所属企业的钉钉账号后重试。',
      'en-US': 'External contacts cannot log in. Switch to your company\'s DingTalk account and try again.',
    },
  },
  account_disabled: {
    message: { 'zh-CN': '你的 CRM 账号已停用', 'en-US': 'Your CRM account is disabled' },
    help: {
      'zh-CN': '你的客户资料仍然保留。如需恢复，请联系管理员。',
      'en-US': 'Your records are kept. Ask an administrator to enable the account again.',
    },
  },
  wrong_corp: {
    message: { 'zh-CN': '此链接属于另一家企业', 'en-US': 'This link belongs to another company' },
    help: {
      'zh-CN': '请在钉钉中切换到正确的企业，再从工作台打开应用。管理员请检查应用首页地址中的 corpId 参数。',
      'en-US':
        'Switch to the right company in DingTalk and open the app from its workbench. Administrators: check the corpId in the app\'s homepage address.',
    },
  },
  oauth_refused: {
    message: { 'zh-CN': '你在钉钉登录页取消了授权', 'en-US': 'The login was declined on DingTalk\'s page' },
    help: { 'zh-CN': '需要授权后才能进入 CRM，请点击重试。', 'en-US': 'The CRM needs your consent to know who you are. Tap retry.' },
  },
  oauth_state_invalid: {
    message: { 'zh-CN': '本次登录已失效', 'en-US': 'This login attempt is no longer valid' },
    help: {
      'zh-CN': '可能是停留过久、重复打开了链接，或浏览器禁用了 Cookie。请点击重试。',
      'en-US': 'It took too long, the link was opened twice, or cookies are blocked. Tap retry.',
    },
  },
} satisfies Partial<Record<ErrorCode, { message: Text, help?: Text }>>
