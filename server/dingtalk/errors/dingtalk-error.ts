/**
 * What is known about the effect of a failed call: `rejected` = it was not executed, so it may be sent
 * again; `unknown` = it may have been executed (timeout, broken connection, backend failure).
 */
export type Outcome = 'rejected' | 'unknown'

export interface DingTalkErrorDetails {
  /**
   * What went wrong, as one string: `sub_code ?? errcode` of the old family, `code` of the new family, or
   * one of our own words (errors/catalogue/own.ts).
   */
  reason: string
  /** Path template of the call. */
  api: string
  /** 0 when there was no answer. */
  httpStatus: number
  outcome: Outcome
  /** DingTalk's text, with every secret of the call already replaced. */
  text?: string
  /** errcode of the old family; differs from `reason` when it only wraps a sub_code. */
  errcode?: number
  requestId?: string
  /** Seconds after which another attempt makes sense. */
  retryAfter?: number
  /** Our egress IP as DingTalk saw it (60020, IpNotInWhiteList). */
  ip?: string
  /** The app DingTalk took us for (60020). */
  appKey?: string
  /** The app we meant to be. */
  clientId?: string
  /** Codes of the missing permission points. */
  requiredScopes?: string[]
  /** DingTalk's own link that opens the request form for them. */
  applyUrl?: string
  /** A web page came instead of an answer: an IP ban, or something on the way that stumbled. */
  webPage?: boolean
}

/** Every failure of a call to DingTalk. Carries no token, secret or code, so it may be logged as it is. */
export class DingTalkError extends Error {
  override readonly name = 'DingTalkError'
  readonly reason: string
  readonly api: string
  readonly httpStatus: number
  readonly outcome: Outcome
  readonly text: string
  readonly errcode?: number
  readonly requestId?: string
  readonly retryAfter?: number
  readonly ip?: string
  readonly appKey?: string
  readonly clientId?: string
  readonly requiredScopes?: string[]
  readonly applyUrl?: string
  readonly webPage: boolean

  constructor(details: DingTalkErrorDetails) {
    super(`DingTalk ${details.api}: ${details.reason}${details.text ? ` ${details.text}` : ''}`)
    this.reason = details.reason
    this.api = details.api
    this.httpStatus = details.httpStatus
    this.outcome = details.outcome
    this.text = details.text ?? ''
    this.errcode = details.errcode
    this.requestId = details.requestId
    this.retryAfter = details.retryAfter
    this.ip = details.ip
    this.appKey = details.appKey
    this.clientId = details.clientId
    this.requiredScopes = details.requiredScopes
    this.applyUrl = details.applyUrl
    this.webPage = details.webPage ?? false
  }
}

/** The call went to DingTalk in the name of an app that is not configured yet (or lacks its AgentId). */
export function notConfigured(api: string, reason: 'not_configured' | 'agent_id_missing' = 'not_configured'): DingTalkError {
  return new DingTalkError({ reason, api, httpStatus: 0, outcome: 'rejected' })
}
