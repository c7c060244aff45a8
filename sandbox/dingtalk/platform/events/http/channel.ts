import type { Delivery, LiveContext } from '../event.ts'
import type { ParkedEvents } from './parked.ts'
import { flatEvent } from '../payload.ts'
import { push } from './push.ts'

/** HTTP push: a retry after 10 s, another 30 s later, then the event is parked (dingtalk-server-api §7). */
export function createHttpChannel(context: LiveContext, parked: ParkedEvents): (delivery: Delivery) => void {
  const { clock, alarms, closed } = context
  const queue: Delivery[] = []
  let underWay = 0

  function failed(delivery: Delivery): void {
    const wait = context.settings().retryMs[delivery.attempts.length - 1]
    if (wait === undefined)
      parked.add(delivery)
    else alarms.after(wait, () => enqueue(delivery))
  }
  async function attempt(delivery: Delivery): Promise<void> {
    const settings = context.settings()
    // Another channel was saved meanwhile.
    if (settings.channel !== 'http') {
      delivery.state = 'lost'
      return
    }
    const at = clock.now()
    const target = { ...settings, owner: context.app().clientId }
    const result = await push(target, JSON.stringify(flatEvent(delivery, context.app())), at, settings.replyMs, closed)
    delivery.attempts.push({ at, ...result })
    if (result.outcome === 'success')
      delivery.state = 'done'
    else if (!closed.aborted)
      failed(delivery)
  }
  function next(): void {
    while (underWay < context.settings().inFlight && !closed.aborted) {
      const delivery = queue.shift()
      if (delivery === undefined)
        return
      underWay++
      void attempt(delivery).finally(() => {
        underWay--
        next()
      })
    }
  }
  function enqueue(delivery: Delivery): void {
    queue.push(delivery)
    next()
  }
  return enqueue
}
