import type { OptionDef } from './field.ts'

/** Options of the stock forms (cordys-api §6.8), with values that say what they mean. */
function options(given: Record<string, [zh: string, en: string, tone?: OptionDef['tone']]>): OptionDef[] {
  return Object.entries(given).map(([value, [zh, en, tone]]) => ({ value, label: { 'zh-CN': zh, 'en-US': en }, ...(tone && { tone }) }))
}

export const leadStages = options({
  new: ['新建', 'New', 'neutral'],
  following: ['跟进中', 'Following', 'info'],
  interested: ['感兴趣', 'Interested', 'warning'],
  converted: ['已转换', 'Converted', 'success'],
  failed: ['无效', 'Dead', 'danger'],
})

export const leadIntents = options({ first: ['初步意向', 'First interest'], strong: ['强烈意愿', 'Strong interest'] })

export const sources = options({
  website: ['官网', 'Website'],
  exhibition: ['展会', 'Exhibition'],
  referral: ['转介绍', 'Referral'],
  visit: ['上门拜访', 'Visit'],
  phone: ['电话', 'Phone'],
  advertising: ['广告投放', 'Advertising'],
  partner: ['合作伙伴', 'Partner'],
  other: ['其他', 'Other'],
})

export const customerStatuses = options({
  potential: ['潜在客户', 'Potential', 'neutral'],
  following: ['跟进中', 'Following', 'info'],
  won: ['已成交', 'Won', 'success'],
  lost: ['已流失', 'Lost', 'danger'],
})

export const customerLevels = options({ A: ['A 级', 'A'], B: ['B 级', 'B'], C: ['C 级', 'C'] })

export const customerTypes = options({
  end_user: ['终端客户', 'End customer'],
  channel: ['渠道商', 'Channel'],
  integrator: ['集成商', 'Integrator'],
  other: ['其他', 'Other'],
})

export const industries = options({
  manufacturing: ['智能制造', 'Manufacturing'],
  energy: ['新能源', 'Energy'],
  health: ['医疗健康', 'Health care'],
  software: ['软件与信息服务', 'Software and IT'],
  logistics: ['物流运输', 'Logistics'],
  ecommerce: ['电子商务', 'E-commerce'],
  food: ['食品饮料', 'Food and drink'],
  construction: ['建筑工程', 'Construction'],
  education: ['教育培训', 'Education'],
  chemistry: ['化工材料', 'Chemicals and materials'],
  retail: ['零售连锁', 'Retail'],
  finance: ['金融', 'Finance'],
  government: ['政府与公共事业', 'Government'],
  other: ['其他', 'Other'],
})

export const methods = options({
  visit: ['到访', 'Visit'],
  phone: ['电话', 'Phone'],
  wechat: ['微信', 'WeChat'],
  dingtalk: ['钉钉', 'DingTalk'],
  email: ['邮件', 'E-mail'],
  meeting: ['线上会议', 'Online meeting'],
  other: ['其他', 'Other'],
})

export const planStatuses = options({
  open: ['待跟进', 'To do', 'info'],
  completed: ['已完成', 'Done', 'success'],
  cancelled: ['已取消', 'Cancelled', 'neutral'],
})

export const contactStates = options({ enabled: ['启用', 'Enabled', 'success'], disabled: ['已停用', 'Disabled', 'neutral'] })

export const lostReasons = options({
  price: ['价格过高', 'Price'],
  competitor: ['选择竞品', 'Chose a competitor'],
  budget: ['预算取消', 'Budget cancelled'],
  need: ['需求变化', 'Needs changed'],
  silence: ['失去联系', 'Lost contact'],
  other: ['其他', 'Other'],
})
