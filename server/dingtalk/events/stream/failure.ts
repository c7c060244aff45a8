import { DingTalkError } from '../../errors/dingtalk-error.ts'

/** Why a WebSocket failed, as an error like those of the calls. Keeps codes only: messages may quote the URL with the ticket. */
export function socketFailure(error: unknown): DingTalkError {
  if (error instanceof DingTalkError)
    return error
  return new DingTalkError({ reason: 'network', api: 'stream', httpStatus: 0, outcome: 'unknown', text: codeOf(error) })
}

/** The gateway did not finish the handshake in time. */
export function handshakeTimeout(): DingTalkError {
  return new DingTalkError({ reason: 'timeout', api: 'stream', httpStatus: 0, outcome: 'unknown' })
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length)
    return codeOf(error.errors[0])
  if (!(error instanceof Error))
    return 'unknown'
  if ('code' in error && typeof error.code === 'string')
    return error.code
  // the text of ws for an HTTP answer instead of an upgrade
  return /^Unexpected server response: (\d{3})$/.exec(error.message)?.[1] ?? 'unknown'
}
