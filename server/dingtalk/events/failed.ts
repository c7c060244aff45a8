import type { AppCaller } from '../calls/app-caller.ts'
import type { DingTalkCredentials } from '../options.ts'
import type { PlatformEvent } from './event.ts'
import { z } from 'zod'
import { notConfigured } from '../errors/dingtalk-error.ts'
import { flag, list } from '../shapes.ts'
import { fromFailed } from './channels.ts'
import { UnreadableEventError } from './event.ts'

/** At most 200 pushes that DingTalk gave up on. */
export interface FailedBatch {
  events: PlatformEvent[]
  /** How many more there were that nothing can be made of; anything above 0 calls for a catch-up sync. */
  unreadable: number
}

export interface FailedPushesParts {
  call: AppCaller
  credentials: () => Promise<DingTalkCredentials | undefined>
  /** Milliseconds since 1970. */
  now: () => number
}

const api = '/call_back/get_call_back_failed_result'

/** DingTalk says `has_more` as long as it likes; 200,000 events are enough for one go. */
const maxBatches = 1000

const answer = z.object({ has_more: flag.nullish(), failed_list: list(z.unknown()) })

/**
 * The pushes DingTalk could not deliver, batch by batch (dingtalk-server-api §7). Every call deletes what the previous
 * one returned, so store a batch before asking for the next: the body of a `for await` loop does that by itself. For
 * the same reason a call whose answer was lost is not repeated: a DingTalkError with outcome `unknown` means that up to
 * 200 events may be lost, and a catch-up sync is due.
 */
export async function* failedPushes(parts: FailedPushesParts, signal?: AbortSignal): AsyncGenerator<FailedBatch, void, void> {
  for (let batch = 0; batch < maxBatches; batch++) {
    const app = await parts.credentials()
    if (!app)
      throw notConfigured(api)
    const got = await parts.call({ family: 'oapi', method: 'GET', api, policy: 'once', priority: 'background', signal, schema: answer })
    if (got.failed_list.length)
      yield read(got.failed_list, { corpId: app.corpId, receivedAt: parts.now() })
    if (!got.has_more || !got.failed_list.length)
      return
  }
}

function read(entries: unknown[], arrival: { corpId: string, receivedAt: number }): FailedBatch {
  const out: FailedBatch = { events: [], unreadable: 0 }
  for (const entry of entries) {
    try {
      out.events.push(fromFailed(entry, arrival))
    }
    catch (error) {
      if (!(error instanceof UnreadableEventError))
        throw error
      out.unreadable++
    }
  }
  return out
}
