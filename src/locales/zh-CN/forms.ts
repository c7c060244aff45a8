/** What every form says, whatever it is about. */
export default {
  required: '必填',
  noDate: '选择日期和时间',
  noAccount: '选择成员',
  searchAccount: '搜索姓名',
  accountNotFound: '没有找到这个人',
  chosen: '当前',
  day: '日期',
  time: '时间',
  moments: { today: '今天 18:00', tomorrow: '明天 09:00', inThreeDays: '三天后', nextWeek: '一周后', none: '清除时间' },
  issues: {
    required: '请填写{label}',
    too_long: '最多 {max} 个字，超出 {n} 个',
    control_characters: '含有看不见的控制字符，请删除后重新输入',
    owner_unknown: '找不到这个成员，请重新选择',
    corp_id_format: '企业 ID 以 ding 开头，由字母和数字组成',
    client_id_format: '应用 ID 由字母、数字、- 或 _ 组成，至少 8 位',
    client_secret_format: '应用密钥至少 8 位，不含空格和中文',
    agent_id_format: 'AgentId 是一串数字',
    invalid: '内容不正确，请检查',
  },
  leave: { title: '放弃未保存的修改？', text: '离开后，刚才填写的内容不会保留。', yes: '放弃修改', no: '继续编辑' },
} as const
