import type { AreaTexts } from '../types.ts'

const texts: AreaTexts<'messages'> = {
  title: 'Messages',
  category: 'Kind of message',
  categories: { all: 'All', records: 'Records', plans: 'Plans', comments: 'Comments', announcements: 'Announcements', system: 'System' },
  unread: 'Unread',
  readAll: 'Mark all as read',
  fresh: 'New messages',
  none: 'No messages yet',
  noneOfKind: 'No messages of this kind yet',
  noneText: 'Records assigned to you, plans that are due, comments that mention you and announcements appear here.',
  showAll: 'Show all messages',
  link: {
    opening: 'Opening…',
    bad: 'This link cannot be opened',
    badText: 'It is incomplete, or not one of ours. The list of messages may still have it.',
    toMessages: 'Show messages',
  },
}

export default texts
