import type { Attempt, Delivery, LiveContext } from '../event.ts'
import type { Upstream } from './frames.ts'
import type { Gateway } from './gateway.ts'
import { ackOutcome, eventFrame } from './frames.ts'

interface Sent {
  delivery: Delivery
  attempt: Attempt
  sentAt: number
  cancelTimeout: () => void
}

/** Stream push: to a random connection, again with the same eventId until it is acknowledged or given up (dingtalk-server-api §7.2). */
export function createStreamChannel(context: LiveContext, gateway: Gateway): (delivery: Delivery) => void {
  const { clock, alarms, settings } = context
  /** By messageId; every push has its own. */
  const sent = new Map<string, Sent>()

  function finish(delivery: Delivery, state: 'done' | 'lost'): void {
    delivery.state = state
    for (const { messageId } of delivery.attempts) {
      if (messageId !== undefined)
        sent.delete(messageId)
    }
  }
  function again(delivery: Delivery, waitMs: number | undefined): void {
    if (waitMs === undefined || delivery.attempts.length > settings().redeliveries)
      finish(delivery, 'lost')
    else alarms.after(waitMs, () => attempt(delivery))
  }
  function attempt(delivery: Delivery): void {
    if (settings().channel !== 'stream') {
      finish(delivery, 'lost')
      return
    }
    const connection = gateway.pick()
    if (connection === undefined) {
      const misses = delivery.attempts.filter(({ outcome }) => outcome === 'no-connection').length
      delivery.attempts.push({ at: clock.now(), outcome: 'no-connection' })
      again(delivery, settings().retryMs[misses])
      return
    }
    const { connectionId } = connection
    const frame = eventFrame(delivery, context.app(), connectionId, clock.now())
    const messageId = frame.headers.messageId ?? ''
    const tried: Attempt = { at: clock.now(), outcome: 'waiting', connectionId, messageId }
    delivery.attempts.push(tried)
    const cancelTimeout = alarms.after(settings().ackMs, () => {
      tried.outcome = 'timeout'
      again(delivery, 0)
    })
    sent.set(messageId, { delivery, attempt: tried, sentAt: performance.now(), cancelTimeout })
    connection.send(frame)
  }
  gateway.onReply((frame: Upstream) => {
    const known = sent.get(frame.headers.messageId)
    if (known === undefined)
      return
    sent.delete(frame.headers.messageId)
    const { delivery, attempt: tried, sentAt, cancelTimeout } = known
    tried.reply = frame.data
    tried.tookMs = Math.round(performance.now() - sentAt)
    // Too late: it has been sent again already, and that one wants its own ack.
    if (tried.outcome === 'timeout') {
      tried.late = true
      return
    }
    cancelTimeout()
    tried.outcome = ackOutcome(frame)
    if (tried.outcome === 'success')
      finish(delivery, 'done')
    else again(delivery, settings().laterMs)
  })
  return attempt
}
