/** Logging in, as far as people see it while it goes well. */
export default {
  title: '登录',
  steps: {
    session: '正在查看登录状态…',
    sdk: '正在连接钉钉…',
    code: '正在向钉钉确认你的身份…',
    exchange: '正在登录 CRM…',
    waiting: '登录的人较多，正在排队',
    redirecting: '正在前往钉钉登录…',
  },
  wait: '{n} 秒后自动重试',
  loggedOut: { title: '已退出登录', text: '再次使用时，请重新登录。', again: '重新登录' },
} as const
