import type { Request, Router } from 'express'
import type { ErrorCode } from '#contract/errors.ts'
import type { DingTalkCredentials, PlatformEvent } from '../../../dingtalk/index.ts'
import type { StoredEventSettings } from './channel/settings.ts'
import { setTimeout as wait } from 'node:timers/promises'
import express from 'express'
import { readPush } from '../../../dingtalk/index.ts'
import { AppError } from '../../../http/app-error.ts'

/** Why a push was not believed: a code of DingTalk's crypto library. `proven`: it says something of our connection, and is not just anybody's rubbish. */
export interface Refusal {
  code: number
  proven: boolean
}

export interface PushReceiver {
  settings: () => Promise<StoredEventSettings>
  credentials: () => Promise<DingTalkCredentials | undefined>
  /** Resolves when the event is safely stored. */
  store: (event: PlatformEvent) => Promise<void>
  /** Authentic, but nothing can be made of it. */
  onUnreadable: (type: string) => Promise<void>
  onVerified: () => Promise<void>
  /** Not believed. */
  onRefused: (refusal: Refusal) => void
  /** An event could not be stored in time; DingTalk pushes it again. */
  onNotStored: (error: unknown) => void
}

/** Longest time to an answer: DingTalk gives up after 2.5 s, older pages say 1.5 s (dingtalk-server-api §7). */
const answerWithinMs = 900

/** An event names ids; the largest documented one is far smaller. */
const bodyLimit = '1mb'

/** Refusals by the code of DingTalk's crypto library: not from DingTalk, for another app, or malformed. */
const refusals: Partial<Record<number, ErrorCode>> = { 900005: 'forbidden', 900010: 'forbidden', 900004: 'not_configured', 900006: 'not_configured' }

/**
 * `POST /dingtalk/events`: DingTalk's HTTP push. No session and no CSRF check: the signature says who calls. What is
 * acknowledged has been stored; what is refused leaves nothing behind.
 */
export function pushRouter(receiver: PushReceiver): Router {
  const router = express.Router()
  router.post('/dingtalk/events', express.json({ limit: bodyLimit, type: () => true, strict: false }), async (req, res) => {
    const reply = await inTime(receiver, take(receiver, req))
    res.set('cache-control', 'no-store').json(reply)
  })
  router.all('/dingtalk/events', () => {
    throw new AppError('method_not_allowed')
  })
  return router
}

/** Does what a push asks for. @returns the answer DingTalk waits for */
async function take({ settings, credentials, store, onVerified, onRefused, onUnreadable }: PushReceiver, req: Request): Promise<object> {
  const { channel, aesKey, token } = await settings()
  if (channel !== 'http')
    throw new AppError('not_found')
  const app = await credentials()
  if (!app || aesKey === null || token === null)
    throw new AppError('not_configured')
  const outcome = readPush(req.query, req.body, { secrets: { aesKey, token, owner: app.clientId }, corpId: app.corpId, now: Date.now() })
  switch (outcome.kind) {
    case 'refused':
      onRefused(outcome)
      throw new AppError(refusals[outcome.code] ?? 'bad_request', { cause: outcome.message })
    case 'check_url':
      await onVerified()
      break
    case 'unreadable':
      await onUnreadable(outcome.error.type)
      break
    case 'event':
      await store(outcome.event)
  }
  return outcome.reply
}

/**
 * A database that is slow or gone keeps nobody waiting. What was begun goes on: an event that is stored late is known
 * when DingTalk pushes it again.
 * @throws {AppError} unavailable, so that DingTalk pushes again
 */
async function inTime<T>({ onNotStored }: PushReceiver, taken: Promise<T>): Promise<T> {
  const done = new AbortController()
  const late = wait(answerWithinMs, undefined, { signal: done.signal }).then(() => {
    throw new Error(`not answered within ${answerWithinMs} ms`)
  })
  try {
    return await Promise.race([taken, late])
  }
  catch (error) {
    if (error instanceof AppError)
      throw error
    onNotStored(error)
    throw new AppError('unavailable', { cause: error })
  }
  finally {
    done.abort()
  }
}
