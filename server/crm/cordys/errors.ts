/** What went wrong with a call to Cordys, as far as its answers tell (cordys-api §1.3). */
export type CordysFailure
  /** The session is missing or over: 401 with an empty body. */
  = | 'session_ended'
  /** Wrong password, disabled user, a person the SSO does not know: 401 with a message. */
    | 'login_refused'
  /** One of the two kinds of 403. */
    | 'denied'
  /** Bean validation; `fields` names what did not fit. */
    | 'invalid'
  /** A business error; the message is all there is to tell them apart. */
    | 'business'
    | 'not_found'
  /** An endpoint this Cordys does not have: an empty 200, or 405. */
    | 'unsupported'
  /** No JSON where JSON was due: a proxy's page, a failed CSRF check, a redirect. */
    | 'not_json'
  /** JSON that is not what the interface says. */
    | 'unexpected'
    | 'unreachable'

interface Details {
  /** The path's template, for logs. */
  api: string
  status: number
  code?: number
  /** Cordys's own words, in the reader's language; never a stack trace. */
  message?: string
  fields?: Record<string, string>
  cause?: unknown
  /** A Java service met a null: often that is the record that was asked for. */
  isNullPointer?: boolean
  /** The call was certainly not carried out. */
  notSent?: boolean
}

export class CordysError extends Error {
  override name = 'CordysError'
  readonly failure: CordysFailure
  readonly details: Details

  constructor(failure: CordysFailure, details: Details) {
    super(`Cordys ${details.api}: ${failure} (HTTP ${details.status}${details.code === undefined ? '' : `, code ${details.code}`})`, { cause: details.cause })
    this.failure = failure
    this.details = details
  }
}

/** Module codes that come with HTTP 500 (cordys-api §1.3). */
export const cordysCodes = {
  wrongType: 100001,
  notAnOption: 100002,
  customerExists: 102001,
  contactExists: 102002,
  inUse: 102003,
} as const
