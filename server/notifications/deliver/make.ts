import type { Db } from '../../db/index.ts'
import type { WorkMessage } from '../../dingtalk/index.ts'
import type { DeliveryParts } from '../parts.ts'
import type { ClaimedCall } from './claim.ts'
import type { Outcome } from './outcome.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { DingTalkError } from '../../dingtalk/index.ts'
import { quotaBackAt } from '../days.ts'
import { pauseQueue } from '../queue/state.ts'
import { recallCall } from '../results/recall-wanted.ts'
import { dropAttempt, endAttempt } from './attempts.ts'
import { givenUpAfterMs, judge, pauseBefore, sendApi } from './outcome.ts'
import { accepted, again, possible, refused, split } from './settle.ts'

const payload = z.custom<WorkMessage>(value => typeof value === 'object' && value !== null && 'msgtype' in value)

/** Refusals in a row, for the same reason that is in no list, after which it is rather us than the message. */
const refusalsInARow = 3

/** Pauses between attempts to write down that DingTalk took a call. */
const recordedAfterMs = [200, 1000, 5000]

export interface Maker {
  /** Makes a claimed call and writes down what came of it. */
  make: (call: ClaimedCall) => Promise<Outcome['kind'] | 'accepted'>
}

/** A web page in place of the answer of the sending itself: mostly a ban, but a gateway may have put it there afterwards. */
function isPageInBetween(error: unknown): boolean {
  return error instanceof DingTalkError && error.webPage && error.api === sendApi
}

export function createMaker(parts: DeliveryParts): Maker {
  const { db, dingtalk, budget, log, now } = parts
  let inARow = { reason: '', times: 0 }

  /**
   * A refusal that would hit one message after the other stops the queue instead of burning it. Whether it is the
   * messages or us nobody knows, so this one ends with its reason: it must not be the first again when somebody resumes.
   */
  function suspicious(outcome: Outcome): Outcome {
    if (outcome.kind !== 'refused' || outcome.recipient || !outcome.ours)
      return outcome
    inARow = { reason: outcome.reason, times: inARow.reason === outcome.reason ? inARow.times + 1 : 1 }
    if (inARow.times < refusalsInARow)
      return outcome
    inARow = { reason: '', times: 0 }
    return { kind: 'stop', reason: outcome.reason, spoilt: true }
  }

  async function fail(call: ClaimedCall, error: unknown): Promise<Outcome['kind']> {
    const outcome = suspicious(judge(error, { receivers: call.userids.length, attempts: call.attempts }))
    const at = now()
    const detail = error instanceof DingTalkError ? error.text.slice(0, 500) : ''
    const late = at - call.createdAt.getTime() > givenUpAfterMs
    log.warn({ err: error, call: call.id, receivers: call.receivers, outcome: outcome.kind }, 'a work notification was not taken')
    await db.transaction(async (tx) => {
      // The queue's lock comes first, as for whoever hands over.
      if (outcome.kind === 'stop')
        await stop(tx, outcome.reason, error)
      if (outcome.kind === 'possible')
        return possible(tx, call.id, outcome.reason, detail, at)
      if (outcome.kind === 'refused')
        return refused(tx, call.id, outcome.recipient ? 'invalid' : 'failed', outcome.reason, detail, at)
      if (outcome.kind === 'split')
        return split(tx, call, outcome.reason, at)
      if (late || (outcome.kind === 'stop' && outcome.spoilt))
        return refused(tx, call.id, 'failed', outcome.reason, detail, at)
      await (outcome.kind === 'again' && !outcome.arrived ? dropAttempt(tx, call.id) : endAttempt(tx, call.id, at))
      const nextAt = outcome.kind === 'stop' ? at : at + pauseBefore(call.attempts, outcome.pauseMs)
      return again(tx, call.id, { reason: outcome.reason, detail, at: nextAt, maybe: isPageInBetween(error) })
    })
    return outcome.kind
  }

  /** Administrators are told in the same transaction: the queue never stands still in silence. */
  async function stop(tx: Db, reason: string, error: unknown): Promise<void> {
    const since = now()
    const usedUp = budget.isUsedUp(reason)
    const known = error instanceof DingTalkError ? error : undefined
    const { errcode, text, ip, appKey, clientId, requiredScopes, applyUrl } = known ?? {}
    const details = Object.fromEntries(Object.entries({ errcode, text, ip, appKey, clientId, requiredScopes, applyUrl }).filter(([, value]) => value !== undefined))
    if (await pauseQueue(tx, { reason, details, since, by: null, until: usedUp ? quotaBackAt(since) : null }))
      await parts.alerts.raise(tx, { kind: 'paused', key: `paused-${reason}-${since}`, reason, at: new Date(since) })
  }

  /** A message that DingTalk took must not look as if nobody knew, for a moment without a database. */
  async function insist<T>(taskId: number, write: () => Promise<T>): Promise<T> {
    for (const pauseMs of recordedAfterMs) {
      try {
        return await write()
      }
      catch (error) {
        log.warn({ err: error, taskId }, 'a work notification was taken but could not be written down yet')
        await wait(pauseMs)
      }
    }
    return write()
  }

  return {
    async make(call) {
      const { userids, deptIds } = call
      let taskId: number
      try {
        const sent = await dingtalk.messages.sendWorkNotification(
          { ...(userids.length > 0 && { userids }), ...(deptIds && { deptIds }), message: payload.parse(JSON.parse(call.payload)) },
          { priority: call.priority === 0 ? 'interactive' : 'background' },
        )
        taskId = sent.taskId
      }
      catch (error) {
        return fail(call, error)
      }
      inARow = { reason: '', times: 0 }
      if (await insist(taskId, () => db.transaction(tx => accepted(tx, call, taskId, now()))))
        await recallCall(parts, call.id)
      return 'accepted'
    },
  }
}
