import type { SandboxMember } from '../types.ts'

/** People the demo, the documentation and the tests can rely on by name. */
export interface Notable {
  userid: string
  name: string
  title: string
  departments: string[]
  leads: string[]
  sysLevel?: SandboxMember['sysLevel']
}

export const NOTABLES: Notable[] = [
  { userid: 'zhangsan', name: '张三', title: '信息化主管', departments: ['总经办', '人力行政部'], leads: [], sysLevel: 1 },
  { userid: 'lisi', name: '李四', title: '销售总监', departments: ['销售中心', '华东销售部'], leads: ['销售中心'] },
  { userid: 'wangwu', name: '王五', title: '区域经理', departments: ['华东销售部'], leads: ['华东销售部'] },
  { userid: 'zhaoliu', name: '赵六', title: '客户经理', departments: ['上海销售一组'], leads: [] },
  { userid: 'sunqi', name: '孙七', title: '人事经理', departments: ['人力行政部'], leads: ['人力行政部'], sysLevel: 2 },
  { userid: 'zhouba', name: '周八', title: '区域经理', departments: ['华南销售部', '销售中心'], leads: ['华南销售部', '销售中心'] },
  { userid: 'wujiu', name: '吴九', title: '总经理', departments: ['总经办'], leads: ['总经办'], sysLevel: 100 },
  { userid: 'zhengshi', name: '郑十', title: '客服经理', departments: ['客户服务中心'], leads: ['客户服务中心'] },
]

/** A supplier known to the company: not an employee (contact_type 1), absent from the org tree. */
export const EXTERNAL_CONTACT = { userid: 'waibu-liuwai', name: '刘外', title: '供应商代表', mobile: '13700001111', stateCode: '86' }

/** People who already left; they show up in the leave records only. */
export const DEPARTED = [
  { userid: 'qianlizhi', name: '钱离职', mobile: '13600002222', daysAgo: 12, reason: 'leave' },
  { userid: 'fengyuan', name: '冯远', mobile: '13600003333', daysAgo: 75, reason: 'delete' },
  { userid: 'hanzou', name: '韩走', mobile: '13600004444', daysAgo: 410, reason: 'oapi' },
] as const
