import type { Failure } from '../../settings/sightings/index.ts'
import { AsyncLocalStorage } from 'node:async_hooks'
import { AppError } from '../../http/app-error.ts'
import { DingTalkFailure } from '../../http/dingtalk-error.ts'
import { failureOf } from '../../settings/sightings/index.ts'

/** A call to DingTalk, as the trail keeps it. */
export interface CallNote {
  api: string
  /** `0`, or DingTalk's error code. */
  code: string
  ms: number
  attempt: number
  requestId: string | null
}

export interface StepNote {
  step: string
  ok: boolean
  ms: number
  note: string | null
  calls: CallNote[]
  /** What DingTalk refused it with, as far as it is explained from. */
  failure?: Failure
}

/** What a login got to know about who it is. */
export interface Known {
  userid?: string | undefined
  accountId?: string | undefined
  name?: string | undefined
}

export interface Recording {
  startedAt: number
  steps: StepNote[]
  open: StepNote | undefined
  known: Known
}

const storage = new AsyncLocalStorage<Recording>()

/** Runs a login and writes down what happens in it, however deep inside. */
export async function record<T>(work: () => Promise<T>): Promise<{ recording: Recording, outcome: { ok: true, value: T } | { ok: false, error: unknown } }> {
  const recording: Recording = { startedAt: performance.now(), steps: [], open: undefined, known: {} }
  try {
    return { recording, outcome: { ok: true, value: await storage.run(recording, work) } }
  }
  catch (error) {
    return { recording, outcome: { ok: false, error } }
  }
}

/** A named part of a login, with its duration and the calls to DingTalk made in it; outside a recording it just runs. */
export async function step<T>(name: string, work: () => Promise<T>, note?: (result: T) => string | null): Promise<T> {
  const recording = storage.getStore()
  if (!recording)
    return work()
  const own: StepNote = { step: name, ok: true, ms: 0, note: null, calls: [] }
  const outer = recording.open
  const startedAt = performance.now()
  recording.steps.push(own)
  recording.open = own
  try {
    const result = await work()
    own.note = note?.(result) ?? null
    return result
  }
  catch (error) {
    own.ok = false
    own.note = reasonOf(error)
    if (error instanceof DingTalkFailure)
      own.failure = causeOf(error)
    throw error
  }
  finally {
    own.ms = Math.round(performance.now() - startedAt)
    recording.open = outer
  }
}

/** Something that took its time elsewhere: at DingTalk's page. */
export function noteElsewhere(name: string, ms: number): void {
  storage.getStore()?.steps.push({ step: name, ok: true, ms: Math.round(ms), note: null, calls: [] })
}

export function know(known: Known): void {
  Object.assign(storage.getStore()?.known ?? {}, known)
}

/** For the DingTalk client, which does not know of logins. */
export function noteLoginCall({ api, errcode, ms, attempt, requestId }: { api: string, errcode: string, ms: number, attempt: number, requestId?: string }): void {
  storage.getStore()?.open?.calls.push({ api, code: errcode, ms: Math.round(ms), attempt, requestId: requestId ?? null })
}

/** IP, app and permissions, without DingTalk's own text. */
function causeOf({ failure }: DingTalkFailure): Failure {
  const { text: _, ...cause } = failureOf(failure)
  return cause
}

/** Codes only: texts may carry people's data, and are worded for whoever reads the trail. */
function reasonOf(error: unknown): string {
  if (error instanceof DingTalkFailure)
    return `${error.code} ${error.failure.reason}`
  return error instanceof AppError ? error.code : 'internal'
}
