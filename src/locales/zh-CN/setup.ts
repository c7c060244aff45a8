export default {
  title: '首次设置',
} as const
