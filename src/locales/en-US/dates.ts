import type { CoreTexts } from '../types.ts'

export default {
  today: 'Today {time}',
  tomorrow: 'Tomorrow {time}',
  yesterday: 'Yesterday {time}',
  at: '{date}, {time}',
  justNow: 'Just now',
  minutesAgo: '{n} minute ago | {n} minutes ago',
  hoursAgo: '{n} hour ago | {n} hours ago',
  overdueMinutes: '{n} minute overdue | {n} minutes overdue',
  overdueHours: '{n} hour overdue | {n} hours overdue',
  overdueDays: '{n} day overdue | {n} days overdue',
} satisfies CoreTexts['dates']
