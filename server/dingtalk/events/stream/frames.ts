import { z } from 'zod'
import { isRecord } from '../keys.ts'

/** What the gateway sends (dingtalk-server-api §7.2). `data` is a JSON text. */
export interface Frame {
  type: string
  topic: string
  messageId: string
  headers: Record<string, unknown>
  data: string
}

const shape = z.object({ type: z.string(), headers: z.record(z.string(), z.unknown()).default({}), data: z.unknown() })

/** Reads a frame; undefined when it is none. */
export function parseFrame(text: string): Frame | undefined {
  const parsed = shape.safeParse(parseJson(text))
  if (!parsed.success)
    return undefined
  const { type, headers, data } = parsed.data
  return {
    type: type.toUpperCase(),
    topic: String(headers.topic ?? ''),
    messageId: String(headers.messageId ?? ''),
    headers,
    data: typeof data === 'string' ? data : JSON.stringify(data ?? {}),
  }
}

/** The fields of an EVENT frame; undefined when `data` is not a JSON object. */
export function frameData(frame: Frame): Record<string, unknown> | undefined {
  const data = parseJson(frame.data || '{}')
  return isRecord(data) ? data : undefined
}

/** When the monthly Stream quota is used up, messages come with errCode 20001 and without content (§7.2). */
export function quotaUsedUp(frame: Frame): boolean {
  return [frame.headers, frameData(frame)].some(part => [part?.errCode, part?.errcode].some(code => String(code) === '20001'))
}

/** `SUCCESS` = stored; `LATER` = push it again. */
export function eventAck(messageId: string, status: 'SUCCESS' | 'LATER'): string {
  return answer(messageId, 200, 'OK', JSON.stringify({ status, message: status === 'SUCCESS' ? 'success' : 'not stored' }))
}

/** The same data back. */
export function pong(ping: Frame): string {
  return answer(ping.messageId, 200, 'OK', ping.data)
}

/** For callbacks we did not subscribe to. */
export function unknownTopic(messageId: string): string {
  return answer(messageId, 404, 'topic not found', JSON.stringify({ response: null }))
}

function answer(messageId: string, code: number, message: string, data: string): string {
  return JSON.stringify({ code, message, headers: { messageId, contentType: 'application/json' }, data })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return undefined
  }
}
