import type { DeliveryParts } from './delivery.ts'
import type { Frame } from './frames.ts'
import type { StreamState } from './state.ts'
import { createDelivery } from './delivery.ts'
import { eventAck, quotaUsedUp, unknownTopic } from './frames.ts'

export interface ReceiverParts extends DeliveryParts {
  wall: () => number
  state: Pick<StreamState, 'lastEventAt' | 'quotaUsedUpAt'>
  corpId: string
}

export interface Receiver {
  onFrame: (frame: Frame | undefined, answer: (text: string) => void) => void
  /** Resolves when every event that was taken has been answered. */
  settled: () => Promise<void>
  /** From now on no event is taken. */
  stop: () => void
}

/** What happens to the frames that are not the connection's own business. */
export function createReceiver(parts: ReceiverParts): Receiver {
  const deliver = createDelivery(parts)
  const { state, wall, logger, missed } = parts
  const taken = new Set<Promise<void>>()
  let stopped = false
  let broken = 0

  async function take(frame: Frame, answer: (text: string) => void): Promise<void> {
    answer(eventAck(frame.messageId, await deliver(frame, { corpId: parts.corpId, receivedAt: wall() })))
  }

  return {
    onFrame: (frame, answer) => {
      if (!frame) {
        logger.warn({}, 'the stream sent something that is not a frame')
        missed.failed(`not a frame ${broken++}`)
        return
      }
      if (quotaUsedUp(frame)) {
        state.quotaUsedUpAt = wall()
        missed.failed(frame.messageId)
        // pushing it again would not bring the content back
        answer(eventAck(frame.messageId, 'SUCCESS'))
        return
      }
      if (frame.type !== 'EVENT') {
        answer(unknownTopic(frame.messageId))
        return
      }
      if (stopped) {
        answer(eventAck(frame.messageId, 'LATER'))
        return
      }
      state.lastEventAt = wall()
      const done = take(frame, answer).finally(() => taken.delete(done))
      taken.add(done)
    },
    settled: async () => {
      await Promise.all(taken)
    },
    stop: () => {
      stopped = true
    },
  }
}
