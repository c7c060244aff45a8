import type { Text } from '../locale.ts'
import { crmIssueTexts } from './crm-issues.ts'

/** The words for each key that server/http/issues.ts produces; `{0}` is the key's parameter. */
export const issueTexts: Record<string, Text> = {
  ...crmIssueTexts,
  required: { 'zh-CN': '必填', 'en-US': 'Required' },
  invalid: { 'zh-CN': '格式不正确', 'en-US': 'Not valid' },
  invalid_type: { 'zh-CN': '类型不正确', 'en-US': 'Wrong type of value' },
  not_an_option: { 'zh-CN': '不是可选项', 'en-US': 'Not one of the options' },
  unknown_field: { 'zh-CN': '未知字段', 'en-US': 'Unknown field' },
  control_characters: { 'zh-CN': '包含不可见的控制字符', 'en-US': 'Contains invisible control characters' },
  too_long: { 'zh-CN': '最多 {0} 个字', 'en-US': 'At most {0} characters' },
  too_short: { 'zh-CN': '至少 {0} 个字', 'en-US': 'At least {0} characters' },
  too_big: { 'zh-CN': '不能大于 {0}', 'en-US': 'At most {0}' },
  too_small: { 'zh-CN': '不能小于 {0}', 'en-US': 'At least {0}' },
  corp_id_format: {
    'zh-CN': 'CorpId 以 ding 开头，在开发者后台首页查看',
    'en-US': 'A CorpId starts with "ding"; it stands on the developer console\'s home page',
  },
  client_id_format: {
    'zh-CN': 'Client ID（原 AppKey）由字母、数字、- 或 _ 组成，通常以 ding 开头，不是应用名称',
    'en-US': 'A Client ID (formerly AppKey) has letters, digits, - or _, and mostly starts with "ding"',
  },
  client_id_is_agent_id: {
    'zh-CN': '这看起来是 AgentId（纯数字）；此处应填 Client ID（原 AppKey）',
    'en-US': 'This looks like the AgentId (digits only); here goes the Client ID (formerly AppKey)',
  },
  client_id_is_corp_id: {
    'zh-CN': '这看起来是 CorpId；此处应填应用的 Client ID（原 AppKey），比 CorpId 短',
    'en-US': 'This looks like the CorpId; here goes the app\'s Client ID (formerly AppKey), which is shorter',
  },
  client_id_is_secret: {
    'zh-CN': '这看起来是 Client Secret；此处应填 Client ID（原 AppKey），比它短，通常以 ding 开头。没有保存，也没有记录',
    'en-US': 'This looks like the Client Secret; here goes the Client ID (formerly AppKey), which is shorter and mostly starts with "ding". It was neither saved nor logged',
  },
  client_secret_is_id: {
    'zh-CN': '这看起来是 Client ID 或 CorpId；此处应填 Client Secret（原 AppSecret）',
    'en-US': 'This looks like the Client ID or the CorpId; here goes the Client Secret (formerly AppSecret)',
  },
  client_secret_format: {
    'zh-CN': 'Client Secret（原 AppSecret）不含空格和中文，请完整复制',
    'en-US': 'A Client Secret (formerly AppSecret) has no spaces; copy it completely',
  },
  aes_key_format: { 'zh-CN': 'AES Key 是 43 位字母和数字', 'en-US': 'An AES key has 43 letters and digits' },
  event_token_format: { 'zh-CN': '签名 Token 是 3–32 位字母和数字', 'en-US': 'A token has 3 to 32 letters and digits' },
  cron_format: { 'zh-CN': '不是有效的 5 段 Cron 表达式', 'en-US': 'Not a valid cron expression of five fields' },
  quiet_whole_day: { 'zh-CN': '开始和结束不能相同', 'en-US': 'Start and end must differ' },
  unknown_variable: { 'zh-CN': '没有这个变量：{0}', 'en-US': 'No such variable: {0}' },
  foreign_link: { 'zh-CN': '不允许外部链接：{0}', 'en-US': 'Links to other sites are not allowed: {0}' },
  no_recipients: { 'zh-CN': '没有收件人', 'en-US': 'There are no recipients' },
  too_many_people: { 'zh-CN': '一次最多选 5,000 人；更多请按部门或全员发送', 'en-US': 'At most 5,000 people at once; choose departments or everybody for more' },
  way_off: { 'zh-CN': '公司规则没有开启公告的钉钉通知，只能发站内消息；管理员可在消息规则中开启', 'en-US': 'The company\'s rules do not send announcements in DingTalk, only in the CRM; an administrator can change that in the message rules' },
  way_unavailable: { 'zh-CN': '这种方式不能用于所选范围', 'en-US': 'This way cannot be used for these recipients' },
  outside_scope: { 'zh-CN': '所选范围超出了你的管理范围', 'en-US': 'Some of these people are not within your range' },
  unknown_people: { 'zh-CN': '有人不存在或已离职', 'en-US': 'Somebody is unknown or has left' },
  time_zone: { 'zh-CN': '未知的时区', 'en-US': 'Unknown time zone' },
  agent_id_format: {
    'zh-CN': 'AgentId 是纯数字；以 ding 开头的是 Client ID',
    'en-US': 'An AgentId has digits only; what starts with "ding" is the Client ID',
  },
  time_of_day: { 'zh-CN': '时间格式为 HH:MM，例如 09:00', 'en-US': 'A time is written HH:MM, such as 09:00' },
  colour_format: { 'zh-CN': '颜色格式为 0xFFRRGGBB', 'en-US': 'A colour is written 0xFFRRGGBB' },
}
