import type { DingTalkError } from './dingtalk-error.ts'

/** The app token was refused: fetch a new one and try once more (dingtalk-server-api §10.1). */
const tokenReasons = new Set(['40014', '42001', '40001', '41001', '40000', 'InvalidAuthentication', 'AuthenticationFailed.MissingParameter'])

/** This app called this API too often (§9.1). Rejected before execution. */
const appThrottle = new Set([
  '90018',
  '90005',
  '90006',
  'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
  'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi',
  'qps.exceed.limit',
  'request.overlimit',
  'oaplus.query.limit',
  '45009',
])

/** All customers together called this API too often (§9.1). Rejected before execution. */
const globalThrottle = new Set(['90002', '90001', 'Forbidden.AccessDenied.QpsLimitForApi', 'system.busy', 'systemBusy'])

/** DingTalk's backend stumbled; nobody knows whether the call was executed (§10.8). */
const backendTrouble = new Set([
  '-1',
  '15',
  '500',
  '503',
  '504',
  'system.error',
  'server.error',
  'unknownError',
  'serviceBusy',
  'timeout',
  'ServiceUnavailable',
])

export function isTokenError(error: DingTalkError): boolean {
  return tokenReasons.has(error.reason)
}

/** How the platform asked us to slow down: `app` = this app on this API, `global` = everyone on this API. */
export function throttleOf(reason: string, httpStatus: number): 'app' | 'global' | undefined {
  if (appThrottle.has(reason) || /Q[pP][sSmM]LimitForApp/.test(reason))
    return 'app'
  if (globalThrottle.has(reason) || httpStatus === 429)
    return 'global'
  return undefined
}

export function isBackendTrouble(reason: string, errcode: number | undefined, httpStatus: number): boolean {
  return (
    backendTrouble.has(reason)
    || errcode === 15
    || errcode === -1
    || httpStatus >= 500
    // "88 with empty sub_code" is how an old API times out (§1.7)
    || (errcode === 88 && reason === '88')
  )
}
