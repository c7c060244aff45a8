import type { Catalogue } from './entry.ts'
import { same } from './entry.ts'
import { places } from './places.ts'

/** Switches in the console: permission points, ranges, the state of the app (dingtalk-server-api §10.2). */
export const permission: Catalogue = {
  ...same(['60011', 'Forbidden.AccessDenied.AccessTokenPermissionDenied', 'apiPermissionDenied'], {
    kind: 'permission',
    cause: { zh: '应用还没有开通所需的接口权限：{scopes}。', en: 'The app lacks a permission it needs: {scopes}.' },
    fix: {
      zh: '在权限管理中搜索并开通 {scopes}；如果企业要求审批，还需发布一个新版本并等待审批通过。',
      en: 'Search for {scopes} under permissions and enable it; if your company reviews permissions, release a new version too and wait for the approval.',
    },
    where: places.permissions,
  }),
  50002: {
    kind: 'scope',
    cause: { zh: '这位成员不在应用的通讯录授权范围内。', en: 'This member is outside the app\'s authorized scope in contacts.' },
    fix: {
      zh: '把授权范围改为「全部员工」，或加入该成员所在的部门；同时检查应用可见范围是否包含该成员。',
      en: 'Set the authorized scope to 全部员工 (all staff) or add the member\'s department; also check that the visible range includes the member.',
    },
    where: places.authorizedScope,
  },
  50004: {
    kind: 'scope',
    cause: { zh: '这个部门不在应用的通讯录授权范围内。', en: 'This department is outside the app\'s authorized scope in contacts.' },
    fix: {
      zh: '把授权范围改为「全部员工」，或加入该部门；同时检查应用可见范围。',
      en: 'Set the authorized scope to 全部员工 (all staff) or add the department; also check the visible range.',
    },
    where: places.authorizedScope,
  },
  40079: {
    kind: 'scope',
    cause: {
      zh: '登录的人不在应用的可见范围内，或者应用还没有发布。',
      en: 'The person logging in is outside the app\'s visible range, or the app has not been released.',
    },
    fix: {
      zh: '在版本发布页把此人或其部门加入应用可见范围，然后发布新版本。',
      en: 'Add the person or the department to the visible range and release a version.',
    },
    where: places.visibleRange,
  },
  50001: {
    kind: 'config',
    cause: { zh: '浏览器登录的回调地址没有在应用里登记。', en: 'The redirect address of the browser login is not registered with the app.' },
    fix: {
      zh: '把本系统的访问地址（协议、域名和端口都要一致）加到重定向 URL（回调域名）。',
      en: 'Add the address of this system (same scheme, host and port) to 重定向URL（回调域名）.',
    },
    where: places.security,
  },
  50003: {
    kind: 'config',
    cause: { zh: '应用已被停用。', en: 'The app has been stopped.' },
    fix: { zh: '请管理员在管理后台重新启用该应用。', en: 'An administrator can enable it again in the admin console.' },
    where: places.adminConsole,
  },
  50005: {
    kind: 'config',
    cause: { zh: '这家企业在钉钉已被禁用。', en: 'The company has been disabled in DingTalk.' },
    fix: { zh: '请企业主管理员联系钉钉客服。', en: 'The main administrator should contact DingTalk\'s service.' },
  },
  48002: {
    kind: 'config',
    cause: { zh: '这类应用不能使用该接口。', en: 'This kind of app may not use this API.' },
    fix: {
      zh: '确认填写的是企业内部应用的 Client ID，而不是机器人或第三方应用的。',
      en: 'Make sure that the Client ID is that of an internal company app, not of a bot or a third-party app.',
    },
    where: places.credentials,
  },
  800001: {
    kind: 'config',
    cause: { zh: '该接口只开放给第三方服务商应用。', en: 'This API is only for apps of third-party vendors.' },
    fix: {
      zh: '确认填写的是企业内部应用的凭证，并把请求编号提供给系统维护人员。',
      en: 'Make sure the credentials are those of an internal app, and give the request id to whoever maintains this system.',
    },
    where: places.credentials,
  },
  52021: {
    kind: 'scope',
    cause: { zh: '当前企业没有给该应用授权，或应用还没有发布。', en: 'The company has not authorized the app, or the app has not been released.' },
    fix: { zh: '发布应用，并确认应用处于启用状态。', en: 'Release the app and make sure that it is enabled.' },
    where: places.visibleRange,
  },
  ...same(['orgAuthLevelNotEnough', 'no.priviledge'], {
    kind: 'config',
    cause: { zh: '企业的钉钉认证等级不够，不能使用该接口。', en: 'The company\'s certification level in DingTalk is too low for this API.' },
    fix: { zh: '请企业主管理员在管理后台完成企业认证。', en: 'The main administrator can complete the certification in the admin console.' },
    where: places.adminConsole,
  }),
}
