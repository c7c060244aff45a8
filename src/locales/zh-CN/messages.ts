export default {
  title: '消息',
  category: '消息分类',
  categories: { all: '全部', records: '业务', plans: '计划', comments: '评论', announcements: '公告', system: '系统' },
  unread: '未读',
  readAll: '全部已读',
  fresh: '有新消息',
  none: '还没有消息',
  noneOfKind: '这一类还没有消息',
  noneText: '分配给你的记录、到期的计划、@你的评论和公告会出现在这里。',
  showAll: '查看全部消息',
  link: {
    opening: '正在打开…',
    bad: '打不开这个链接',
    badText: '链接不完整，或者不是本系统发出的。可以从消息列表里再找找。',
    toMessages: '查看消息',
  },
} as const
