import type { CheckId, DoctorCheck } from '#contract/connection.ts'
import type { Locale, Text } from '../../http/locale.ts'

const text = (zh: string, en: string): Text => ({ 'zh-CN': zh, 'en-US': en })

/** What each check is called. */
export const titles: Record<CheckId, Text> = {
  credentials: text('Client ID 与 Client Secret', 'Client ID and Client Secret'),
  clock: text('服务器时间', 'The server\'s clock'),
  corp: text('CorpId 与应用属于同一企业', 'CorpId and app belong together'),
  egressIp: text('服务器出口 IP', 'Egress IP'),
  tokenNew: text('新版接口 (api.dingtalk.com)', 'New APIs (api.dingtalk.com)'),
  tokenOld: text('旧版接口 (oapi.dingtalk.com)', 'Old APIs (oapi.dingtalk.com)'),
  scope: text('通讯录授权范围', 'Authorized scope of contacts'),
  departments: text('读取部门', 'Reading departments'),
  members: text('读取部门成员', 'Reading department members'),
  memberDetail: text('读取成员详情', 'Reading member details'),
  admins: text('读取管理员名单', 'Reading the list of administrators'),
  mobile: text('成员手机号（可选）', 'Members\' mobile numbers (optional)'),
  email: text('成员邮箱（可选）', 'Members\' e-mail (optional)'),
  jsapiTicket: text('页面签名 (JSAPI)', 'Page signature (JSAPI)'),
  published: text('应用已发布并启用', 'The app is released and enabled'),
  homepage: text('应用首页地址', 'The app\'s homepage'),
  visibleRange: text('应用可见范围', 'Visible range of the app'),
  loginCode: text('在钉钉内登录', 'Login inside DingTalk'),
  redirectUrl: text('浏览器登录的重定向 URL', 'Redirect URL of the browser login'),
  browserLogin: text('浏览器登录', 'Login in the browser'),
  agentId: text('AgentId 与工作通知', 'AgentId and work notifications'),
  events: text('通讯录变更事件', 'Events about changes'),
  publicUrl: text('访问地址 (PUBLIC_URL)', 'Public address (PUBLIC_URL)'),
  budget: text('本月接口用量', 'API calls this month'),
  calendar: text('放假安排', 'Holidays'),
}

/** Checks that look at our own address, counts and calendar: what they find is not DingTalk's word. */
const ownWord: ReadonlySet<CheckId> = new Set<CheckId>(['events', 'publicUrl', 'budget', 'calendar'])

/** Whether what a check is answered comes from DingTalk. */
export function asksDingTalk(id: CheckId): boolean {
  return !ownWord.has(id)
}

/** A check's name where only its id is known, as from the audit log; undefined when it is not (any more) one of ours. */
export function titleOf(id: string, locale: Locale): string | undefined {
  return Object.hasOwn(titles, id) ? titles[id as CheckId][locale] : undefined
}

/** The step of the setup guide (README) a check proves. */
export const steps: Record<CheckId, DoctorCheck['step']> = {
  corp: 2,
  credentials: 3,
  clock: 3,
  tokenNew: 3,
  tokenOld: 3,
  scope: 4,
  departments: 4,
  members: 4,
  memberDetail: 4,
  admins: 1,
  mobile: 4,
  email: 4,
  egressIp: 5,
  redirectUrl: 5,
  browserLogin: 5,
  publicUrl: 6,
  homepage: 6,
  published: 6,
  visibleRange: 6,
  loginCode: 6,
  jsapiTicket: 6,
  agentId: 7,
  events: 7,
  budget: 7,
  calendar: 7,
}
