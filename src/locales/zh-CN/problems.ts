export default {
  title: '登录遇到问题',
} as const
