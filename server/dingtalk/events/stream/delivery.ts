import type { Clock } from '../../clock.ts'
import type { DingTalkLogger } from '../../options.ts'
import type { PlatformEvent } from '../event.ts'
import type { Arrival } from '../normalise.ts'
import type { Frame } from './frames.ts'
import type { Missed } from './missed.ts'
import { fromStream } from '../channels.ts'
import { UnreadableEventError } from '../event.ts'
import { frameData } from './frames.ts'

export interface DeliveryParts {
  clock: Clock
  logger: DingTalkLogger
  /** Stores the event. */
  onEvent: (event: PlatformEvent) => Promise<void>
  /** Milliseconds `onEvent` may take; DingTalk waits for 3 s (dingtalk-server-api §7). */
  storeMs: number
  missed: Missed
}

/** What to tell DingTalk about the event: stored, or to be pushed again. Never rejects. */
export type Deliver = (frame: Frame, arrival: Arrival) => Promise<'SUCCESS' | 'LATER'>

/** Hands events over. One that comes too late for the answer, or cannot be read, counts as missed unless it comes again. */
export function createDelivery({ clock, logger, onEvent, storeMs, missed }: DeliveryParts): Deliver {
  return async (frame, arrival) => {
    let id = frame.messageId
    try {
      const event = read(frame, arrival)
      id = event.id
      const stored = store(event)
      await withinLimit(stored)
      return 'SUCCESS'
    }
    catch (error) {
      missed.failed(id)
      logger.warn({ err: error, messageId: frame.messageId }, 'an event could not be stored, DingTalk is asked to push it again')
      return 'LATER'
    }
  }

  /** Even when it is too late for the answer, having been stored counts. */
  async function store(event: PlatformEvent): Promise<void> {
    await onEvent(event)
    missed.stored(event.id)
  }

  function withinLimit(stored: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = clock.after(storeMs, () => reject(new Error(`not stored within ${storeMs} ms`)))
      stored.then(resolve, reject).finally(cancel)
    })
  }
}

function read(frame: Frame, arrival: Arrival): PlatformEvent {
  const data = frameData(frame)
  if (!data)
    throw new UnreadableEventError('', 'data is not a JSON object')
  return fromStream(frame.headers, data, arrival)
}
