import type { DeliveryParts } from '../parts.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { gather } from '../gather/index.ts'
import { holdQuiet } from '../gather/quiet.ts'
import { expire } from '../outbox/expire.ts'
import { anythingDue, claimCall } from './claim.ts'
import { createMaker } from './make.ts'
import { settlePages } from './pages.ts'
import { renewLeases, settleOrphans } from './settle.ts'

/** Calls that are under way at a time in one process; some places are kept for what is important. */
const atATime = 8
const keptForImportant = 2

export interface Delivery {
  /**
   * Hands over what is due, as fast as the limits allow.
   * @returns when to look again: at once (0), at a moment, or undefined when nothing is known to come
   */
  round: () => Promise<number | undefined>
  /** Sends this one message now, whatever stands in the way of the others. */
  sendNow: (notificationId: string) => Promise<void>
  /** Settles calls of processes that died. */
  recover: (options?: { alone?: boolean }) => Promise<void>
  /** Resolves when no call is under way. */
  idle: () => Promise<void>
  /** Resolves when one more call may be made, or after a moment when an important one could. */
  vacancy: () => Promise<void>
}

/** Delivery of the outbox. Several instances take turns by row locks; each keeps to limits counted in the database. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { db, dingtalk, settings, budget, enabled, credentials, log, now, timings } = parts
  const maker = createMaker(parts)
  const under = new Map<string, Promise<unknown>>()
  let renewing: NodeJS.Timeout | undefined
  /** A call became two, which are due at once. */
  let parted = false

  function begin(call: Parameters<typeof maker.make>[0]): Promise<unknown> {
    const made = maker
      .make(call)
      .then(outcome => void (parted ||= outcome === 'split'))
      .catch(error => log.error({ err: error, call: call.id }, 'what came of a work notification could not be written down'))
      .finally(() => {
        under.delete(call.id)
        if (under.size === 0)
          clearInterval(renewing)
      })
    under.set(call.id, made)
    if (under.size === 1) {
      renewing = setInterval(() => {
        renewLeases(db, [...under.keys()], now() + timings.leaseMs)
          .catch(error => log.warn({ err: error }, 'calls under way could not be vouched for'))
      }, timings.leaseMs / 3)
      renewing.unref()
    }
    return made
  }

  async function mayDeliver(): Promise<boolean> {
    return await enabled() && (await credentials()) !== undefined && dingtalk.limits.bannedSeconds() === 0
  }

  return {
    async round() {
      if (!(await anythingDue(db, now())) || !(await mayDeliver()))
        return undefined
      const saving = await budget.isSaving()
      const asks = await budget.mayAsk()
      const current = await settings.read()
      await settlePages(db, now())
      await expire(db, now())
      await holdQuiet(parts)
      const gathered = await gather(parts, current, saving)
      for (;;) {
        if (under.size >= atATime + keptForImportant)
          return 0
        const full = under.size >= atATime
        const claim = await claimCall(parts, current, { saving, asks, importantOnly: full })
        if (claim.kind === 'none' && full)
          return 0
        if (claim.kind === 'none' && parted) {
          parted = false
          return 0
        }
        if (claim.kind === 'none')
          return gathered ? 0 : claim.at
        if (claim.kind === 'call')
          void begin(claim.call)
      }
    },
    async sendNow(notificationId) {
      const asks = await budget.mayAsk()
      const claim = await claimCall(parts, await settings.read(), { saving: false, asks, only: notificationId })
      if (claim.kind === 'call')
        await begin(claim.call)
    },
    async recover(options) {
      const found = await settleOrphans(db, now(), options)
      if (found > 0)
        log.warn({ calls: found }, 'calls to DingTalk were interrupted; their messages are possibly delivered')
    },
    async idle() {
      await Promise.all(under.values())
    },
    async vacancy() {
      if (under.size < atATime)
        return
      const over = new AbortController()
      const moment = under.size < atATime + keptForImportant ? [wait(timings.pollMs, undefined, { signal: over.signal }).catch(() => {})] : []
      await Promise.race([...under.values(), ...moment])
      over.abort()
    },
  }
}
