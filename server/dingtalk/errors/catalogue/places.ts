import type { Text } from './entry.ts'

/** Places in DingTalk's consoles (dingtalk-server-api §8.6). The menu names stay Chinese: that is what is on the screen. */
export const places = {
  credentials: {
    zh: '开发者后台 (open-dev.dingtalk.com) > 应用详情 > 基础信息 > 凭证与基础信息',
    en: 'Developer console (open-dev.dingtalk.com) > the app > 基础信息 (Basic information) > 凭证与基础信息 (Credentials)',
  },
  corpId: { zh: '开发者后台 (open-dev.dingtalk.com) > 首页（CorpId）', en: 'Developer console (open-dev.dingtalk.com) > home page (CorpId)' },
  permissions: {
    zh: '开发者后台 > 应用详情 > 开发配置 > 权限管理',
    en: 'Developer console > the app > 开发配置 (Development) > 权限管理 (Permissions)',
  },
  authorizedScope: {
    zh: '开发者后台 > 应用详情 > 开发配置 > 权限管理 > 通讯录 > 授权范围',
    en: 'Developer console > the app > 开发配置 (Development) > 权限管理 (Permissions) > 通讯录 (Contacts) > 授权范围 (Authorized scope)',
  },
  visibleRange: {
    zh: '开发者后台 > 应用详情 > 应用发布 > 版本管理与发布 > 应用可见范围',
    en: 'Developer console > the app > 应用发布 (Release) > 版本管理与发布 (Versions) > 应用可见范围 (Visible range)',
  },
  security: { zh: '开发者后台 > 应用详情 > 开发配置 > 安全设置', en: 'Developer console > the app > 开发配置 (Development) > 安全设置 (Security)' },
  webApp: { zh: '开发者后台 > 应用详情 > 应用能力 > 网页应用', en: 'Developer console > the app > 应用能力 (Capabilities) > 网页应用 (Web app)' },
  events: {
    zh: '开发者后台 > 应用详情 > 开发配置 > 事件订阅',
    en: 'Developer console > the app > 开发配置 (Development) > 事件订阅 (Event subscription)',
  },
  adminConsole: { zh: '管理后台 (oa.dingtalk.com)', en: 'Admin console (oa.dingtalk.com)' },
  members: { zh: '管理后台 (oa.dingtalk.com) > 通讯录 > 成员管理', en: 'Admin console (oa.dingtalk.com) > 通讯录 (Contacts) > 成员管理 (Members)' },
  developerConsole: { zh: '开发者后台 (open-dev.dingtalk.com)', en: 'Developer console (open-dev.dingtalk.com)' },
} as const satisfies Record<string, Text>
