import type { Locale, Text } from '../../../http/locale.ts'
import type { Reason } from './types.ts'

/** `{by}` is a field's name or a person's, by the reason; other places are filled with the reason's values. */
const texts: Record<Reason['key'], Text> = {
  follows: { 'zh-CN': '与钉钉保持一致', 'en-US': 'As DingTalk shows it' },
  gone: { 'zh-CN': '钉钉确认已不存在', 'en-US': 'DingTalk confirmed that it is gone' },
  gone_after_grace: {
    'zh-CN': '钉钉确认已离职，宽限期（{grace}）已过',
    'en-US': 'DingTalk confirmed that they left; their grace of {grace} is over',
  },
  back: { 'zh-CN': '重新出现在钉钉通讯录中', 'en-US': 'Back in DingTalk\'s contacts' },
  parent_removed: { 'zh-CN': '上级部门已被删除', 'en-US': 'The department above it was removed' },
  cycle: { 'zh-CN': '上下级关系成环，已从环中移出', 'en-US': 'Taken out of a circle of departments' },
  new: { 'zh-CN': '没有可匹配的账号，新建', 'en-US': 'No account fits; a new one' },
  matched: { 'zh-CN': '{by}唯一匹配', 'en-US': 'The only match by {by}' },
  decided: { 'zh-CN': '按 {by} 的处理结果', 'en-US': 'As {by} decided' },
  same_unionid: { 'zh-CN': '同一个人（unionid 相同），原 userid 为 {userid}', 'en-US': 'The same person (same unionid), whose userid was {userid}' },
  recycled: { 'zh-CN': '该 userid 现在属于另一个人', 'en-US': 'The userid belongs to another person now' },
  not_unique: { 'zh-CN': '{by}不唯一，无法确定是谁', 'en-US': 'The {by} is not unique, so nobody can be told by it' },
  match_admin: { 'zh-CN': '匹配到管理员账号，需要人工确认', 'en-US': 'The match is an administrator\'s account; somebody has to confirm it' },
  match_all_data: {
    'zh-CN': '匹配到可查看全部数据的账号，需要人工确认',
    'en-US': 'The match is an account that sees everybody\'s records; somebody has to confirm it',
  },
  match_disabled: { 'zh-CN': '匹配到已停用的账号，需要人工确认', 'en-US': 'The match is a disabled account; somebody has to confirm it' },
  match_taken: { 'zh-CN': '匹配到的账号已属于其他成员', 'en-US': 'The match belongs to another member already' },
  unionid_taken: {
    'zh-CN': '同一 unionid 对应多个账号，或原 userid 仍在使用',
    'en-US': 'Several accounts have this unionid, or its old userid is still in use',
  },
}

const fields: Record<string, Text> = {
  mobile: { 'zh-CN': '手机号', 'en-US': 'mobile number' },
  email: { 'zh-CN': '邮箱', 'en-US': 'e-mail address' },
  jobNumber: { 'zh-CN': '工号', 'en-US': 'job number' },
}

/** Why something is planned, in the reader's language. */
export function wordReason({ key, values = {} }: Reason, locale: Locale): string {
  return texts[key][locale].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'grace')
      return grace(values, locale)
    const value = String(values[name] ?? '')
    return key === 'decided' ? value : (fields[value]?.[locale] ?? value)
  })
}

function grace({ runs, days }: Record<string, string | number>, locale: Locale): string {
  if (days !== undefined)
    return locale === 'zh-CN' ? `${days} 天` : `${days} ${days === 1 ? 'day' : 'days'}`
  return locale === 'zh-CN' ? `${runs} 次同步` : `${runs} ${runs === 1 ? 'run' : 'runs'}`
}
