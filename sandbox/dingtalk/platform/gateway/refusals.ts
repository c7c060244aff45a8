import type { ApiError, Family } from './answer.ts'
import { gatewayError, httpError } from './answer.ts'

/** Gateway refusals, each in the words of both families (dingtalk-server-api §1.7, §9.1, §10). */

export function tokenMissing(family: Family): ApiError {
  return family === 'old'
    ? gatewayError('40000', 'access_token is blank')
    : httpError(400, 'AuthenticationFailed.MissingParameter', '缺少参数：x-acs-dingtalk-access-token')
}

export function tokenInvalid(family: Family): ApiError {
  return family === 'old' ? gatewayError('40014', '不合法的access_token') : httpError(400, 'InvalidAuthentication', '不合法的access_token')
}

export function userTokenExpired(): ApiError {
  return httpError(400, 'accesstoken.expired', '用户accessToken过期')
}

export function permissionMissing(family: Family, permission: string, clientId: string): ApiError {
  if (family === 'new') {
    return httpError(
      403,
      'Forbidden.AccessDenied.AccessTokenPermissionDenied',
      '没有调用该接口的权限，接口权限申请参考：https://open.dingtalk.com/document/orgapp-server/add-api-permission',
      { accessdenieddetail: { requiredScopes: [permission] } },
    )
  }
  const applyLink = `https://open-dev.dingtalk.com/appscope/apply?content=${clientId}%23${permission}`
  return gatewayError('60011', `应用尚未开通所需的权限：[${permission}]，点击链接申请并开通即可：${applyLink}, {requiredScopes=[${permission}]}`)
}

export function ipNotListed(family: Family, ip: string, clientId: string): ApiError {
  const message = `访问ip不在白名单之中,request ip=${ip} appKey(${clientId})`
  return family === 'old' ? gatewayError('60020', message) : httpError(403, 'Forbidden.AccessDenied.IpNotInWhiteList', message)
}

export function tooFast(family: Family): ApiError {
  return family === 'old'
    ? gatewayError('90018', '您的服务器调用钉钉开放平台当前接口的频率过高，请求被暂时禁用了')
    : httpError(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', '钉钉开放平台当前接口的调用频率超过了应用的限制')
}

/** `2026-06-01 10:00:00`, in China. */
function chinaTime(epochMs: number): string {
  return new Date(epochMs + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ')
}

export interface ClosedWindow {
  from: number
  to: number
  until: number
  limit: number
}

export function burstClosed(family: Family, path: string, window: ClosedWindow): ApiError {
  const message = `您的服务器调用钉钉开放平台所有接口的频率过高，apiPath(${apiName(path)}), 从 ${chinaTime(window.from)} 到 ${chinaTime(window.to)} 请求总次数超过 ${window.limit} 次, 限制将在 ${chinaTime(window.until)} 结束`
  return family === 'old' ? gatewayError('90002', message) : httpError(403, 'Forbidden.AccessDenied.QpsLimitForApi', message)
}

export function quotaUsedUp(family: Family): ApiError {
  return family === 'old'
    ? gatewayError('90020', '企业本月的API调用量已经用完')
    : httpError(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', '企业本月的API调用量已经用完')
}

/** `/topapi/v2/user/get` → `dingtalk.oapi.v2.user.get`, the name errors use. */
export function apiName(path: string): string {
  return `dingtalk.oapi.${path.replace(/^\/(?:topapi\/)?/, '').replaceAll('/', '.')}`
}
