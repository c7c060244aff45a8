import { newRequestId, oldRequestId } from '../world/ids.ts'

/** The two API families: oapi.dingtalk.com and api.dingtalk.com (dingtalk-server-api §1.2). */
export type Family = 'old' | 'new'

/** What goes back over the wire. `outcome` is the short form for the call log: `0`, `60121`, `88/40014`, `InvalidAuthentication`. */
export interface Answer {
  status: number
  body: object | string
  contentType?: string
  outcome: string
}

/** A refused call; carries its complete answer. */
export class ApiError extends Error {
  readonly answer: Answer
  constructor(answer: Answer) {
    super(answer.outcome)
    this.answer = answer
  }
}

/** Success: the old family wraps the payload in errcode 0, the new one answers the payload itself. */
export function success(family: Family, payload: object): Answer {
  if (family === 'new')
    return { status: 200, body: payload, outcome: '200' }
  return { status: 200, body: { errcode: 0, errmsg: 'ok', ...payload, request_id: oldRequestId() }, outcome: '0' }
}

/** Old family, error of the API itself: HTTP 200 and a plain errcode. */
export function businessError(errcode: number, errmsg: string): ApiError {
  return new ApiError({ status: 200, body: { errcode, errmsg, request_id: oldRequestId() }, outcome: String(errcode) })
}

/** Old family, refused at the gateway: errcode 88 around a *string* sub_code (§1.7). */
export function gatewayError(subCode: string, subMsg: string): ApiError {
  const errmsg = `ding talk error[subcode=${subCode},submsg=${subMsg}]`
  return new ApiError({
    status: 200,
    body: { errcode: 88, sub_code: subCode, sub_msg: subMsg, errmsg, request_id: oldRequestId() },
    outcome: `88/${subCode}`,
  })
}

/** New family: HTTP 4xx/5xx with code, requestid, message. */
export function httpError(status: number, code: string, message: string, extra: object = {}): ApiError {
  return new ApiError({ status, body: { code, requestid: newRequestId(), message, ...extra }, outcome: code })
}
