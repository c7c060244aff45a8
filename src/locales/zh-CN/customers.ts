/** The list of customers, and what a row says wherever it stands. */
export default {
  title: '客户',
  status: {
    potential: '潜在',
    following: '跟进中',
    won: '已成交',
    lost: '已流失',
  },
  row: {
    level: '{level} 级',
    noStep: '没有下一步',
    stepUnnamed: '下一步未写内容',
  },
  list: {
    search: '搜索名称、电话、地区',
    total: '共 {n} 位客户',
    new: '新建客户',
    refresh: '刷新列表',
    view: '范围',
    status: '状态',
    sort: '排序',
    anyStatus: '全部状态',
    views: {
      all: '全部',
      mine: '我的',
    },
    sorts: {
      recent: '最近更新',
      next: '下一步时间',
      name: '名称',
    },
    empty: '还没有客户',
    emptyText: '新建第一位客户，从记录下一步开始。',
    emptyMine: '还没有归属于你的客户',
    emptyMineText: '新建客户会自动归属于你，也可以查看全部客户。',
    noMatch: '没有符合条件的客户',
    noMatchText: '换个关键词，或清除筛选条件再看。',
    clear: '清除条件',
    showAll: '查看全部客户',
    choose: '选择一位客户',
    chooseText: '从左边的列表中选择，资料会显示在这里。',
  },
} as const
