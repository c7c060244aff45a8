export default {
  title: '客户',
} as const
