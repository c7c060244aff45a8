/** Values of the audit log's details, by the field they stand in: the same word means another thing in another field. */
const role = { admin: '管理员', manager: '销售主管', sales: '销售' } as const

export const values = { yes: '是', no: '否', none: '（空）' } as const

export const valuesOf = {
  changes: { all: '全部' },
  status: { active: '正常', disabled: '已停用' },
  disabledBy: { sync: '组织同步', admin: '管理员' },
  source: { sync: '组织同步', login: '登录时认出', admin: '管理员', code: '绑定码', request: '开通申请', merge: '合并账号', undo: '撤销', followed: '以新的 UserID 登录', company: '更换企业' },
  binding: { keep: '保留当前绑定', moves: '换成被并入账号的绑定', none: '都没有绑定' },
  scope: { own: '本人', department: '本部门', tree: '本部门及下级', all: '全部' },
  abilities: { import: '导入', export: '导出', delete: '删除', transfer: '转移', announce: '发公告' },
  role,
  roles: role,
  defaultRole: role,
  confirmed: { corp: '更换企业', connection: '钉钉拒绝了凭证', login: '剩下的登录方式未验证' },
  result: { ok: '正常', failed: '未通过', manual: '需人工确认', seen: '曾经正常', untried: '未检查' },
  kind: { ambiguous: '无法唯一对应', privileged: '对应到管理员账号', recycled: 'userid 换了人', taken: '账号已被绑定', guard: '超过安全阈值', count: '人数对不上' },
  action: { bind: '绑定', create: '新建账号', ignore: '忽略' },
  mode: { off: '关闭', auto: '用完时', on: '总是', preview: '预览', apply: '应用' },
  channel: { off: '关闭', stream: 'Stream 模式', http: 'HTTP 推送' },
  fields: { dingtalk: '钉钉', crm: 'CRM', fill: '仅补空' },
  matchBy: { mobile: '手机号', email: '邮箱', jobNumber: '工号' },
  unit: { runs: '次同步', days: '天' },
  leaverRecords: { keep: '保留', leader: '交给部门主管' },
  pcOpens: { workbench: '工作台', panel: '侧边栏', browser: '浏览器' },
  parts: { owner: '负责人', formerOwner: '原负责人', collaborators: '协作人', mentioned: '被提到的人', leader: '部门主管' },
  format: { oa: '工作卡片', action_card: '卡片（一个按钮）', action_card_multi: '卡片（两个按钮）', markdown: '富文本', link: '链接', text: '纯文本' },
  way: { people: '逐人发送', departments: '按部门发送', inbox: '只发站内消息', password: '密码', dingtalk: '钉钉' },
  view: { all: '全部', mine: '我的', department: '本部门', shared: '共享给我', deleted: '已删除' },
} as const
