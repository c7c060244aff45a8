import type { FieldValues } from './crm/forms.ts'
import type { CrmRecord } from './crm/records.ts'

/**
 * Every error the HTTP API can answer: code → HTTP status. The code is also the key of its
 * texts (server/http/error-texts) and what the H5 decides by; nothing else identifies an error.
 */
export const errorStatus = {
  bad_request: 400,
  validation_failed: 400,
  payload_too_large: 413,
  unsupported_media_type: 415,
  unauthenticated: 401,
  forbidden: 403,
  cross_site: 403,
  not_found: 404,
  method_not_allowed: 405,
  stale_edit: 409,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,

  not_configured: 409,
  setup_done: 409,
  setup_token_invalid: 403,
  admin_link_invalid: 403,
  logins_off: 409,
  login_unproven: 409,
  corp_change: 409,
  connection_refused: 409,
  doctor_not_manual: 409,

  login_code_invalid: 401,
  login_busy: 503,
  login_not_visible: 403,
  login_dingtalk_off: 403,
  login_browser_off: 403,
  member_unknown: 403,
  member_external: 403,
  account_disabled: 403,
  wrong_corp: 403,
  oauth_refused: 403,
  oauth_state_invalid: 400,

  dingtalk_rejected: 502,
  dingtalk_unreachable: 502,
  dingtalk_throttled: 503,

  sync_running: 409,
  sync_not_running: 409,
  sync_disabled: 409,
  sync_not_applicable: 409,
  sync_outdated: 409,
  sync_not_undoable: 409,
  conflict_resolved: 409,
  account_bound: 409,
  member_bound: 409,
  member_not_found: 404,
  account_unbound: 409,
  account_merged: 409,
  accounts_not_mergeable: 409,
  binding_not_undoable: 409,
  last_administrator: 409,
  own_account: 409,
  department_unknown: 400,
  rights_elsewhere: 409,
  rights_changed: 409,
  not_in_department: 409,
  access_request_decided: 409,
  visitor_unknown: 403,
  bind_code_invalid: 403,
  owner_unknown: 400,
  handover_undone: 409,
  handover_outdated: 409,
  mention_unseen: 400,
  keyword_too_short: 400,
  duplicate_found: 409,
  record_locked: 409,
  plan_closed: 409,
  record_in_use: 409,
  import_unreadable: 400,
  import_not_ready: 409,
  crm_login_required: 403,
  crm_login_refused: 403,
  crm_refused: 422,
  crm_unsupported: 501,
  crm_unreachable: 502,
  crm_bad_answer: 502,
  sample_data_not_empty: 409,

  notifications_off: 409,
  notification_no_status: 409,
} as const

export type ErrorCode = keyof typeof errorStatus

/** One field that did not fit, by its path in the input ("name", "filters.0.value"). */
export interface FieldIssue {
  path: string
  message: string
}

/** A DingTalk failure explained: what it means, what to do, and where in DingTalk's console. */
export interface DingTalkExplanation {
  /** DingTalk's own code: errcode, sub_code or the new family's string. */
  code: string
  cause: string
  fix: string
  where?: string
  /** Page in DingTalk's console that fixes it in one step, when DingTalk named one. */
  link?: string
  /** The AgentId alone is refused: people can log in all the same. */
  agentId?: true
  /** DingTalk's request id, for its support. */
  requestId?: string
}

/** The body of every error answer: `{ error: ApiErrorBody }`. */
export interface ApiErrorBody {
  code: ErrorCode
  message: string
  /** What the reader can do now. */
  help?: string
  requestId: string
  issues?: FieldIssue[]
  dingtalk?: DingTalkExplanation
  /** Seconds after which trying again makes sense; also sent as Retry-After. */
  retryAfter?: number
  /** Of a login: the short code under which administrators find what happened. */
  loginCode?: string
  /** Names of the people who can help, where telling them is safe. */
  ask?: string[]
  /** Of `stale_edit`: what was sent, and the record as somebody else left it. */
  versions?: { yours: FieldValues, theirs: CrmRecord }
}
