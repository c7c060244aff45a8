/** Moments in words; {time} and {date} come formatted. */
export default {
  today: '今天 {time}',
  tomorrow: '明天 {time}',
  yesterday: '昨天 {time}',
  at: '{date} {time}',
  justNow: '刚刚',
  minutesAgo: '{n} 分钟前',
  hoursAgo: '{n} 小时前',
  overdueMinutes: '逾期 {n} 分钟',
  overdueHours: '逾期 {n} 小时',
  overdueDays: '逾期 {n} 天',
} as const
