type Words<T> = readonly [T, ...T[]]

/** What sample contacts, opportunities, follow-ups and plans are made of. Repeated words are more frequent. */
export const surnames: Words<string> = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '朱', '马', '胡', '郭', '林', '何', '高', '罗']
export const givenNames: Words<string> = ['伟', '芳', '娜', '敏', '静', '磊', '强', '洋', '艳', '勇', '杰', '娟', '涛', '明', '超', '霞', '平', '刚', '志远', '思琪', '文博', '雨桐', '建华', '晓东']
export const titles: Words<string> = ['采购经理', '总经理', '技术总监', '信息部主任', '生产厂长', '财务总监', '市场总监', '运营经理', '副总经理', '采购专员']
export const roles: Words<string> = ['purchasing', 'decision', 'influence', 'influence', 'influence', 'decision', 'user', 'user', 'decision', 'purchasing']
export const products: Words<string> = ['CRM 标准版', 'CRM 企业版', '移动销售套件', '数据分析平台', '年度运维服务', '接口集成服务', '培训实施包']
export const dealNames: Words<string> = ['采购项目', '二期扩容', '系统升级', '年度框架合作', '试点项目', '总部集采', '门店推广项目']
export const demands: Words<string> = ['希望统一管理销售过程，要求与钉钉打通。', '现有系统老旧，明年预算已批，想先看演示。', '销售团队分布在三个城市，关注移动端体验。', '需要与现有 ERP 对接，先评估接口。']

export const talks: Words<string> = [
  '电话沟通了采购进度，对方表示下周内部评审后给出答复。',
  '上门拜访，与技术负责人一起过了一遍接口需求，整体认可方案。',
  '发送了最新报价，客户希望在付款方式上再灵活一些。',
  '演示了移动端，销售主管对拜访签到和跟进提醒很感兴趣。',
  '确认了决策链：采购经理初审，总经理拍板，预计本月底前定。',
  '客户反馈试用中遇到导入问题，已远程协助解决。',
  '微信沟通，客户正在对比另外两家供应商，主要关注售后响应。',
  '参加客户的项目启动会，明确了里程碑和双方负责人。',
  '对方财务对合同条款有两处修改意见，已转法务。',
  '回访使用情况，客户满意，提到明年有增购计划。',
]

export const todos: Words<string> = [
  '电话回访，确认采购预算',
  '发送报价方案',
  '上门演示产品',
  '约见采购负责人',
  '寄送样品并确认收货',
  '确认试用反馈',
  '与技术负责人对接接口需求',
  '邀请参观展厅',
  '跟进合同条款',
  '确认回款进度',
  '沟通续约与增购',
]
export const methods: Words<string> = ['phone', 'phone', 'phone', 'visit', 'visit', 'wechat', 'wechat', 'meeting', 'email', 'dingtalk']
export const leadStages: Words<string> = ['new', 'new', 'new', 'following', 'following', 'following', 'interested', 'interested', 'failed']
export const openStages: Words<string> = ['new', 'new', 'requirements', 'requirements', 'requirements', 'solution', 'solution', 'proposal', 'purchasing']
export const lostReasons: Words<string> = ['price', 'price', 'competitor', 'competitor', 'budget', 'need', 'silence']
export const comments: Words<string> = ['补充：对方希望下周再约一次。', '已把资料发到客户邮箱。', '付款节点还要再确认。', '竞品报价比我们低 5% 左右。']
