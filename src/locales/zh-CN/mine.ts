export default {
  title: '我的',
  departments: '部门',
  leader: '主管',
  role: '角色',
  roles: {
    admin: 'CRM 管理员',
    member: '成员',
  },
  mobile: '手机',
  email: '邮箱',
  language: '语言',
  languages: {
    'zh-CN': '简体中文',
    'en-US': 'English',
  },
  theme: '外观',
  themeHint: '跟随系统',
  admin: '管理后台',
  adminHint: '钉钉设置、组织同步、组织架构',
  logout: '退出登录',
  logoutConfirm: '退出后，在你重新登录之前不会自动登录。',
  logoutFailed: '没有退出成功：{reason}',
} as const
