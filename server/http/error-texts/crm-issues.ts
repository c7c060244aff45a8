import type { Text } from '../locale.ts'

/** What can be wrong with a value of a CRM record. */
export const crmIssueTexts: Record<string, Text> = {
  not_found: { 'zh-CN': '没有找到，可能已被删除', 'en-US': 'Not found; it may have been deleted' },
  taken: { 'zh-CN': '已有相同的记录，不能重复', 'en-US': 'There is already one; it must be unique' },
  too_many: { 'zh-CN': '最多 {0} 项', 'en-US': 'At most {0}' },
  too_many_decimals: { 'zh-CN': '最多 {0} 位小数', 'en-US': 'At most {0} digits after the point' },
  amount_format: { 'zh-CN': '请填写数字金额，例如 12800.50', 'en-US': 'Enter an amount like 12800.50' },
  phone_format: { 'zh-CN': '电话只能包含数字、空格和 + - ( )', 'en-US': 'A phone has digits, blanks and + - ( ) only' },
  email_format: { 'zh-CN': '邮箱格式不正确', 'en-US': 'Not an e-mail address' },
  link_format: { 'zh-CN': '请填写 http 或 https 网址', 'en-US': 'Enter an http or https address' },
  date_format: { 'zh-CN': '日期不存在或格式不正确', 'en-US': 'Not a date of the calendar' },
  date_too_early: { 'zh-CN': '日期不能早于 {0} 年', 'en-US': 'Not before the year {0}' },
  date_too_late: { 'zh-CN': '日期不能晚于 {0} 年', 'en-US': 'Not after the year {0}' },
  owner_unknown: { 'zh-CN': '请选择在职且在你管理范围内的负责人', 'en-US': 'Choose an active owner within your range' },
  person_unknown: { 'zh-CN': '有人已离职或不存在', 'en-US': 'Somebody has left or does not exist' },
  record_unknown: { 'zh-CN': '所选记录不存在，或你没有权限查看', 'en-US': 'The record does not exist, or you may not see it' },
  record_elsewhere: { 'zh-CN': '它不属于所选客户', 'en-US': 'It does not belong to the chosen customer' },
  record_readonly: { 'zh-CN': '你对它只有查看权限，不能在其下新增', 'en-US': 'You may only read it, not add to it' },
  picture_unknown: { 'zh-CN': '图片已失效，请重新上传', 'en-US': 'The picture is gone; upload it again' },
  lead_or_customer: { 'zh-CN': '线索和客户只能选择其一', 'en-US': 'Choose a lead or a customer, not both' },
}
