import { text } from './finding.ts'

/** Places in DingTalk's console that only the doctor and the guide name; menu names stay Chinese (dingtalk-server-api §8). */
export const places = {
  egressIp: text('开发者后台 > 应用详情 > 开发配置 > 安全设置 > 服务器出口IP', 'Developer console > the app > 开发配置 (Development) > 安全设置 (Security) > 服务器出口IP'),
  redirectUrl: text('开发者后台 > 应用详情 > 开发配置 > 安全设置 > 重定向URL（回调域名）', 'Developer console > the app > 开发配置 (Development) > 安全设置 (Security) > 重定向URL（回调域名）'),
  share: text('旧版开发者后台 > 应用详情 > 分享设置（新版没有这一项时跳过）', 'Older consoles: the app > 分享设置 (skip it where there is none)'),
  scope: text('开发者后台 > 应用详情 > 开发配置 > 权限管理 > 通讯录 > 授权范围', 'Developer console > the app > 开发配置 (Development) > 权限管理 (Permissions) > 通讯录 (Contacts) > 授权范围'),
  permissions: text('开发者后台 > 应用详情 > 开发配置 > 权限管理', 'Developer console > the app > 开发配置 (Development) > 权限管理 (Permissions)'),
  webApp: text('开发者后台 > 应用详情 > 应用能力 > 网页应用', 'Developer console > the app > 应用能力 (Capabilities) > 网页应用 (Web app)'),
  release: text('开发者后台 > 应用详情 > 应用发布 > 版本管理与发布', 'Developer console > the app > 应用发布 (Release) > 版本管理与发布 (Versions)'),
  credentials: text('开发者后台 > 应用详情 > 基础信息 > 凭证与基础信息', 'Developer console > the app > 基础信息 (Basic information) > 凭证与基础信息 (Credentials)'),
  events: text('开发者后台 > 应用详情 > 开发配置 > 事件订阅', 'Developer console > the app > 开发配置 (Development) > 事件订阅 (Event subscription)'),
  home: text('开发者后台 (open-dev.dingtalk.com) > 首页', 'Developer console (open-dev.dingtalk.com) > home page'),
  members: text('管理后台 (oa.dingtalk.com) > 通讯录 > 部门管理', 'Admin console (oa.dingtalk.com) > 通讯录 (Contacts) > departments'),
  server: text('运行本系统的服务器', 'The server this system runs on'),
  here: text('本系统 > 管理', 'This system > Administration'),
}
