import type { SandboxPlatform } from '../../types.ts'
import type { CallRecord, Device, DeviceStore, Page } from '../device-store.ts'
import type { LinkMap } from '../links/index.ts'
import type { Ask, Effect, Reply } from './reply.ts'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { handle } from './handle.ts'

export const callSchema = z.object({
  page: z.string(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()),
  /** `location.href` at the time of the call. */
  url: z.string(),
})

export const settleSchema = z.object({ id: z.string(), ok: z.boolean(), data: z.unknown() })
export const answerSchema = z.object({ id: z.string(), value: z.unknown() })

/** What the bridge in the page receives: an answer, silence, something to hold, or a question to draw. */
export type WireReply
  = | { id: string, state: 'ok' | 'failed', data: unknown, effects: Effect[] }
    | { id: string, state: 'silent' }
    | { id: string, state: 'held', effects: Effect[] }
    | { id: string, state: 'ask', ask: Ask }

export interface BridgeEndpoint {
  call: (device: Device, request: z.output<typeof callSchema>) => Promise<WireReply>
  /** The person finished or cancelled a dialog; undefined when that question is not open. */
  answer: (device: Device, request: z.output<typeof answerSchema>) => WireReply | undefined
  /** A held call was settled in the page: noted in the log. */
  settle: (device: Device, request: z.output<typeof settleSchema>) => void
}

interface EndpointOptions {
  platform: SandboxPlatform
  devices: DeviceStore
  links: LinkMap
  onCall: (device: Device, call: CallRecord) => void
}

export function createEndpoint({ platform, devices, links, onCall }: EndpointOptions): BridgeEndpoint {
  const questions = new Map<string, { finish: (value: unknown) => Reply, record: CallRecord }>()

  /** Writes the outcome into the log and words it for the page. */
  function word(device: Device, record: CallRecord, reply: Reply): WireReply {
    const { id } = record
    if (reply.kind === 'ask') {
      questions.set(id, { finish: reply.finish, record })
      return { id, state: 'ask', ask: reply.ask }
    }
    if (reply.kind === 'held')
      return { id, state: 'held', effects: reply.effects }
    record.took = Date.now() - record.at
    record.state = reply.kind
    if (reply.kind === 'silent') {
      onCall(device, record)
      return { id, state: 'silent' }
    }
    const data = reply.kind === 'ok' ? reply.data : shaped(reply.error, device)
    record.result = data
    onCall(device, record)
    return { id, state: reply.kind, data, effects: reply.effects ?? [] }
  }

  return {
    async call(device, { page: pageId, method, params, url }) {
      const page: Page = device.pages.get(pageId) ?? { id: pageId }
      const record: CallRecord = { id: randomUUID(), page: page.id, at: Date.now(), method, params, state: 'pending' }
      devices.record(device, record)
      onCall(device, record)
      if (device.mode.delayMs > 0)
        await delay(device.mode.delayMs)
      return word(device, record, handle({ method, params, url: links.outside(device, url), device, page, platform, links }))
    },
    answer(device, { id, value }) {
      const question = questions.get(id)
      questions.delete(id)
      return question && word(device, question.record, question.finish(value))
    },
    settle(device, { id, ok, data }) {
      const record = device.calls.find(call => call.id === id)
      if (record?.state !== 'pending')
        return
      Object.assign(record, { state: ok ? 'ok' : 'failed', result: data, took: Date.now() - record.at })
      onCall(device, record)
    },
  }
}

/** Failures come in several shapes on PC (dingtalk-jsapi §2.8); the device's mode chooses. */
function shaped(error: { errorCode: string, errorMessage: string }, { mode }: Device): unknown {
  switch (mode.errors) {
    case 'number':
      return { ...error, errorCode: Number(error.errorCode) }
    case 'nested':
      return { ...error, errorMessage: { errorMessage: error.errorMessage } }
    case 'text':
      return error
  }
}
