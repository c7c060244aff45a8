import type { SandboxPlatform } from '../../types.ts'
import type { Device, Page } from '../device-store.ts'
import type { Platform } from '../devices.ts'
import type { LinkMap } from '../links/index.ts'

/** What the native side does on the screen besides answering; executed by client/bridge/effects.js. */
export interface Effect {
  type: string
  [detail: string]: unknown
}

/** A native dialog or picker that a person has to finish; drawn by client/bridge/asks.js. */
export interface Ask {
  kind: 'alert' | 'confirm' | 'prompt' | 'sheet' | 'people' | 'text' | 'choice' | 'date'
  title: string
  [detail: string]: unknown
}

/** The answer of one native call. A pending ask is turned into one of the others by `finish`. */
export type Reply
  = | { kind: 'ok', data: unknown, effects?: Effect[] }
    | { kind: 'failed', error: { errorCode: string, errorMessage: string }, effects?: Effect[] }
    | { kind: 'silent' }
  /** The page itself settles it later: a watch API, or a panel that is still open. */
    | { kind: 'held', effects: Effect[] }
    | { kind: 'ask', ask: Ask, finish: (value: unknown) => Reply }

export interface Call {
  method: string
  params: Record<string, unknown>
  /** Full URL the page had when it called, as the outside world knows it (the app's real origin). */
  url: string
  device: Device
  page: Page
  platform: SandboxPlatform
  links: LinkMap
}

export interface Method {
  /** Platforms that have it, e.g. 'AiHP' (the "Where" column of dingtalk-jsapi §6). */
  on: string
  /** True when it answers '7' before a verified dd.config that lists it. */
  needsConfig?: boolean
  run: (call: Call) => Reply
}

export type Methods = Record<string, Method>

export function ok(data: unknown = {}, effects?: Effect[]): Reply {
  return effects ? { kind: 'ok', data, effects } : { kind: 'ok', data }
}

export function failed(errorCode: string, errorMessage: string, effects?: Effect[]): Reply {
  const error = { errorCode, errorMessage }
  return effects ? { kind: 'failed', error, effects } : { kind: 'failed', error }
}

/** The person closed the dialog. */
export function cancelled(errorCode = '-1'): Reply {
  return failed(errorCode, '用户取消操作')
}

/** Asks a person; `null` means they cancelled. */
export function ask(question: Ask, finish: (value: unknown) => Reply, cancel: Reply = cancelled()): Reply {
  return { kind: 'ask', ask: question, finish: value => (value === null || value === undefined ? cancel : finish(value)) }
}

/** A parameter as text, empty when it is missing or of another type. */
export function text(params: Record<string, unknown>, ...names: string[]): string {
  const found = names.map(name => params[name]).find(value => typeof value === 'string' || typeof value === 'number')
  return found === undefined ? '' : String(found)
}

export function has(method: Method, platform: Platform): boolean {
  return method.on.includes(platform)
}
