export default {
  title: '首次设置',
  intro: '把这套 CRM 连接到你公司的钉钉内部应用。四项信息都在钉钉开发者后台（open-dev.dingtalk.com）里，以后随时可以修改。',
  submit: '保存并连接',
  saving: '正在保存…',
  doneTitle: '设置已经完成',
  done: '这套 CRM 已经连接到钉钉，无需再次填写。管理员登录后可以在“钉钉设置”里修改。',
  toLogin: '去登录',
  toCrm: '进入 CRM',
  toSettings: '打开钉钉设置',
  fields: {
    setupToken: {
      label: '设置口令',
      place: '服务器启动时打印在日志里，只能使用一次。',
    },
    corpId: {
      label: '企业 ID (CorpId)',
      place: '开发者后台首页右上角，以 ding 开头。',
    },
    clientId: {
      label: '应用 ID (Client ID)',
      place: '应用开发 > 你的应用 > 凭证与基础信息；旧称 AppKey。',
    },
    clientSecret: {
      label: '应用密钥 (Client Secret)',
      place: '与 Client ID 在同一页；旧称 AppSecret。保存后不再显示。',
    },
    agentId: {
      label: '内部应用 ID (AgentId)',
      place: '与 Client ID 在同一页，是一串数字，用来发送工作通知。',
    },
  },
  required: '请填写',
  show: '显示',
  hide: '隐藏',
  link: {
    title: '应急登录',
    text: '这个一次性链接让你无需钉钉登录即可进入设置、诊断和同步。使用记录会被保存。',
    enter: '进入管理后台',
    working: '正在验证链接…',
    missing: '链接不完整：请完整复制服务器打印的地址。',
  },
} as const
