import type { CallBudget } from '#contract/delivery/index.ts'
import type { CallInfo } from '../../dingtalk/index.ts'
import { throttleOf } from '../../dingtalk/index.ts'

type Kind = CallBudget['byKind'][number]['kind']

/**
 * What the monthly quota does not count (dingtalk-server-api §9.4): tokens and tickets, login, reading people, departments and
 * roles, and the search for an event channel's address.
 */
const exempt = [
  /^\/gettoken$/,
  /^\/get_jsapi_ticket$/,
  /^\/v1\.0\/oauth2\//,
  /^\/topapi\/v2\/user\//,
  /^\/topapi\/user\//,
  /^\/topapi\/v2\/department\//,
  /^\/topapi\/role\//,
  /^\/v1\.0\/contact\/users\/(?!search)/,
  /^\/v1\.0\/contact\/empLeaveRecords/,
  /^\/v1\.0\/gateway\//,
]

/** Whether a call of this API counts. What is in no list counts. */
export function isMetered(api: string): boolean {
  return !exempt.some(pattern => pattern.test(api))
}

/** What a counted call was for. */
export function kindOf(api: string): Kind {
  if (api.endsWith('/asyncsend_v2'))
    return 'send'
  if (/\/getsend(?:progress|result)$/.test(api))
    return 'results'
  if (/corpconversation\/(?:recall|status_bar)/.test(api))
    return 'recall'
  if (api.startsWith('/v1.0/todo/'))
    return 'todo'
  return api === '/auth/scopes' || api.includes('/search') ? 'contacts' : 'other'
}

const usedUp = new Set(['90020', 'Forbidden.AccessDenied.ApiCountLimitForOrg'])

/** DingTalk refused a call because the company's calls of the month are used up (§9.1). */
export function isUsedUp(reason: string): boolean {
  return usedUp.has(reason)
}

/** Never left us: not counted. */
const neverSent = new Set(['ip_banned', 'not_configured', 'agent_id_missing'])

/** Whether a finished call was counted (§9.2): not what was rejected for its pace or never arrived; what was sent and got no answer is assumed to be. */
export function isCounted({ errcode, status, unsure = false }: Pick<CallInfo, 'errcode' | 'status' | 'unsure'>): boolean {
  if (errcode === 'network')
    return unsure
  return !neverSent.has(errcode) && throttleOf(errcode, status) === undefined && !isUsedUp(errcode)
}
