import type { Answer } from './answer.ts'
import type { Fault } from './faults.ts'
import { businessError, gatewayError, httpError } from './answer.ts'

const HTML = '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>'

/** The answer a fault gives in place of the real one; undefined when the real one is given. */
export function faultAnswer(fault: Fault): Answer | undefined {
  switch (fault.kind) {
    case 'errcode':
      return fault.subCode !== undefined && fault.errcode === 88
        ? gatewayError(fault.subCode, fault.errmsg).answer
        : businessError(fault.errcode, fault.errmsg).answer
    case 'code':
      return httpError(fault.status, fault.code, fault.message).answer
    case 'status':
      return { status: fault.status, body: fault.body, contentType: 'text/plain; charset=utf-8', outcome: 'status' }
    case 'html':
      return { status: fault.status, body: HTML, contentType: 'text/html; charset=utf-8', outcome: 'html' }
    case 'ban':
      return { status: 200, body: { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: '5f1c' }, outcome: 'ban' }
    default:
      return undefined
  }
}
