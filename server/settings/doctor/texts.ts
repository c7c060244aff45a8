import type { DoctorCheck } from '#contract/settings.ts'
import type { Text } from '../../http/locale.ts'

/** What each check is called. */
export const titles: Record<DoctorCheck['id'], Text> = {
  credentials: { 'zh-CN': '应用凭证', 'en-US': 'App credentials' },
  corp: { 'zh-CN': 'CorpId 与应用匹配', 'en-US': 'CorpId matches the app' },
  scope: { 'zh-CN': '通讯录授权范围', 'en-US': 'Authorized scope of contacts' },
  departments: { 'zh-CN': '读取部门', 'en-US': 'Reading departments' },
  members: { 'zh-CN': '读取部门成员', 'en-US': 'Reading department members' },
  memberDetail: { 'zh-CN': '读取成员详情', 'en-US': 'Reading member details' },
  admins: { 'zh-CN': '读取管理员名单', 'en-US': 'Reading the list of administrators' },
  mobile: { 'zh-CN': '成员手机号（可选）', 'en-US': 'Members\' mobile numbers (optional)' },
  jsapiTicket: { 'zh-CN': 'JSAPI 鉴权', 'en-US': 'JSAPI authentication' },
  agentId: { 'zh-CN': 'AgentId', 'en-US': 'AgentId' },
  browserLogin: { 'zh-CN': '浏览器登录', 'en-US': 'Browser login' },
  publicUrl: { 'zh-CN': '访问地址', 'en-US': 'Public address' },
}

/** What is said about a check; `{0}`, `{1}` are filled in. */
export const sayings = {
  tokenReceived: { 'zh-CN': '钉钉接受了 Client ID 与 Client Secret。', 'en-US': 'DingTalk accepted the Client ID and Client Secret.' },
  corpLater: {
    'zh-CN': '无法在此检查：首次在钉钉内登录时会验证。',
    'en-US': 'Cannot be checked from here; the first login inside DingTalk proves it.',
  },
  corpFix: {
    'zh-CN': '请核对 CorpId 与开发者后台首页显示的一致。',
    'en-US': 'Compare the CorpId with the one on the developer console\'s home page.',
  },
  corpWhere: { 'zh-CN': '开发者后台 > 首页', 'en-US': 'Developer console > 首页 (home)' },
  scopeWhole: { 'zh-CN': '可读取全公司通讯录。', 'en-US': 'The whole company may be read.' },
  scopePart: {
    'zh-CN': '只能读取 {0} 个部门（含下级）和 {1} 名单独授权的成员。',
    'en-US': '{0} departments (with those below) and {1} single people may be read.',
  },
  scopeEmpty: { 'zh-CN': '授权范围为空，组织同步读不到任何人。', 'en-US': 'The scope is empty: a sync would find nobody.' },
  scopeFix: {
    'zh-CN': '把通讯录授权范围设为"全部员工"，或至少包含需要使用 CRM 的部门。',
    'en-US': 'Set the scope to 全部员工 (everybody), or at least to the departments that use the CRM.',
  },
  scopeWhere: { 'zh-CN': '应用详情 > 开发配置 > 权限管理 > 通讯录 > 授权范围', 'en-US': 'App > 开发配置 > 权限管理 > 通讯录 > 授权范围' },
  departmentsRead: { 'zh-CN': '读到 {0} 个下级部门。', 'en-US': 'Read {0} departments on the first level.' },
  membersRead: { 'zh-CN': '读到 {0} 名成员，包含 userid、姓名。', 'en-US': 'Read {0} members with userid and name.' },
  membersNone: {
    'zh-CN': '接口可用，但抽查的部门没有直属成员。',
    'en-US': 'The interface works, but the departments looked at have no direct members.',
  },
  detailRead: { 'zh-CN': '已读到 {0} 的详情。', 'en-US': 'Read the details of {0}.' },
  adminsRead: { 'zh-CN': '读到 {0} 名管理员。', 'en-US': 'Read {0} administrators.' },
  mobileSeen: { 'zh-CN': '{1} 名成员中 {0} 名带有手机号。', 'en-US': '{0} of {1} members came with a mobile number.' },
  mobileNotSeen: {
    'zh-CN': '抽查的 {0} 名成员都没有手机号：可能未开通字段权限，也可能未填写。',
    'en-US': 'None of {0} members came with a mobile number: the field permission is missing, or nobody filled it in.',
  },
  mobileFix: {
    'zh-CN': '如需在 CRM 中显示同事电话，请开通"企业员工手机号信息"。',
    'en-US': 'Enable 企业员工手机号信息 to show colleagues\' numbers in the CRM.',
  },
  permissionWhere: { 'zh-CN': '应用详情 > 开发配置 > 权限管理', 'en-US': 'App > 开发配置 > 权限管理' },
  ticketReceived: { 'zh-CN': '已取得 jsapi_ticket。', 'en-US': 'A jsapi_ticket was received.' },
  agentLater: {
    'zh-CN': '无法在此检查：发送第一条工作通知时会验证。',
    'en-US': 'Cannot be checked from here; the first work notification proves it.',
  },
  agentMissing: {
    'zh-CN': '未填写 AgentId：登录不受影响，但无法发送工作通知和使用需要鉴权的手机功能。',
    'en-US': 'No AgentId: login works, but neither work notifications nor phone features that need authentication do.',
  },
  agentFix: { 'zh-CN': '请核对 AgentId 与应用凭证页一致（旧称"内部应用 ID"）。', 'en-US': 'Compare it with the AgentId on the credentials page.' },
  agentWhere: { 'zh-CN': '应用详情 > 基础信息 > 凭证与基础信息', 'en-US': 'App > 基础信息 > 凭证与基础信息' },
  browserLater: {
    'zh-CN': '无法在此检查：请确认重定向 URL 已登记为 {0}',
    'en-US': 'Cannot be checked from here; make sure this redirect URL is registered: {0}',
  },
  browserWhere: { 'zh-CN': '应用详情 > 开发配置 > 安全设置 > 重定向 URL', 'en-US': 'App > 开发配置 > 安全设置 > 重定向URL' },
  urlHttps: { 'zh-CN': '{0} 使用 HTTPS。', 'en-US': '{0} uses HTTPS.' },
  urlPlain: {
    'zh-CN': '{0} 未使用 HTTPS：部分手机客户端会拦截，登录凭证在网络上也未加密。',
    'en-US': '{0} does not use HTTPS: some clients block it, and logins travel unencrypted.',
  },
  urlFix: { 'zh-CN': '在反向代理上启用 HTTPS，并设置 PUBLIC_URL。', 'en-US': 'Enable HTTPS at the reverse proxy and set PUBLIC_URL.' },
  dependsOn: { 'zh-CN': '未检查：需先解决"{0}"。', 'en-US': 'Not tried: "{0}" has to work first.' },
  refused: { 'zh-CN': '钉钉返回 {0}：{1}', 'en-US': 'DingTalk answered {0}: {1}' },
} satisfies Record<string, Text>

export type Saying = keyof typeof sayings
