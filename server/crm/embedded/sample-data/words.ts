/** What sample customers are made of. Company names are put together from parts; phone numbers come from a block of 0000 placeholders. */

type Words<T> = readonly [T, ...T[]]

export const places: Words<{ city: string, code: string, roads: Words<string> }> = [
  { city: '上海', code: '310000', roads: ['张江路', '漕溪北路', '淮海中路'] },
  { city: '北京', code: '110000', roads: ['中关村大街', '望京东路', '建国路'] },
  { city: '深圳', code: '440300', roads: ['科技南路', '深南大道', '梅林路'] },
  { city: '广州', code: '440100', roads: ['天河路', '科学大道', '新港东路'] },
  { city: '杭州', code: '330100', roads: ['文一西路', '江南大道', '庆春路'] },
  { city: '宁波', code: '330200', roads: ['中山东路', '鄞州大道'] },
  { city: '苏州', code: '320500', roads: ['星湖街', '金鸡湖大道', '人民路'] },
  { city: '南京', code: '320100', roads: ['软件大道', '江东中路', '中山路'] },
  { city: '无锡', code: '320200', roads: ['太湖大道', '锡山大道'] },
  { city: '成都', code: '510100', roads: ['天府大道', '蜀汉路'] },
  { city: '武汉', code: '420100', roads: ['光谷大道', '中南路'] },
  { city: '青岛', code: '370200', roads: ['香港中路', '松岭路'] },
  { city: '佛山', code: '440600', roads: ['季华五路', '南海大道'] },
]

export const brandFirst: Words<string> = [
  '启',
  '恒',
  '瀚',
  '博',
  '嘉',
  '睿',
  '鼎',
  '卓',
  '锦',
  '诺',
  '云',
  '凯',
  '融',
  '森',
  '朗',
  '隽',
  '澄',
  '越',
  '擎',
  '澜',
]
export const brandSecond: Words<string> = [
  '远',
  '辰',
  '达',
  '信',
  '源',
  '翔',
  '航',
  '拓',
  '川',
  '景',
  '帆',
  '衡',
  '润',
  '峰',
  '禾',
  '宇',
  '岚',
  '程',
  '屿',
  '歌',
]

export const industries: Words<{ code: string, trades: Words<string> }> = [
  { code: 'manufacturing', trades: ['精密机械', '自动化设备', '智能装备', '模具'] },
  { code: 'energy', trades: ['新能源科技', '储能技术', '光伏材料'] },
  { code: 'health', trades: ['医疗器械', '生物科技', '健康管理'] },
  { code: 'software', trades: ['信息技术', '软件', '数据服务'] },
  { code: 'logistics', trades: ['供应链管理', '物流', '仓储服务'] },
  { code: 'ecommerce', trades: ['电子商务', '网络科技'] },
  { code: 'food', trades: ['食品', '餐饮管理', '农业发展'] },
  { code: 'construction', trades: ['建设工程', '建筑装饰', '园林景观'] },
  { code: 'education', trades: ['教育科技', '文化传播'] },
  { code: 'chemistry', trades: ['新材料', '化工', '包装材料'] },
  { code: 'retail', trades: ['商贸', '家居用品', '服饰'] },
]

export const forms: Words<string> = ['有限公司', '有限公司', '有限公司', '股份有限公司', '集团有限公司']

export const phoneBlocks: Words<string> = ['1370000', '1380000', '1390000', '1500000', '1860000', '1880000']

export const remarks: Words<string> = [
  '由老客户介绍,决策人是总经理,重视售后响应。',
  '已有供应商,合同明年到期,可提前切入。',
  '预算每年三月确定,需要提前两个月提交方案。',
  '对价格敏感,关注分期付款。',
  '技术团队较强,希望看到接口文档。',
  '在展会上认识,对移动端功能感兴趣。',
]

/** Repeated words are more frequent. */
export const statuses: Words<string> = [
  'potential',
  'potential',
  'potential',
  'following',
  'following',
  'following',
  'following',
  'won',
  'won',
  'lost',
]
export const levels: Words<string> = ['A', 'A', 'B', 'B', 'B', 'C', 'C', 'C']
export const sources: Words<string> = ['visit', 'referral', 'referral', 'website', 'website', 'exhibition', 'phone', 'other']
