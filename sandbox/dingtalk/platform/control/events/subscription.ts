import type { PushResult } from '../../events/http/push.ts'
import type { World } from '../../world/world.ts'
import { z } from 'zod'
import { push } from '../../events/http/push.ts'
import { ControlError } from '../respond.ts'

const subscriptionSchema = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('off') }),
  z.strictObject({ channel: z.literal('stream') }),
  z.strictObject({
    channel: z.literal('http'),
    url: z.string(),
    token: z.string().regex(/^[a-z0-9]{3,32}$/i, '3 to 32 letters and digits'),
    aesKey: z.string().regex(/^[a-z0-9]{43}$/i, '43 letters and digits'),
  }),
])
export type SubscriptionInput = z.input<typeof subscriptionSchema>

/** Why a configuration is refused (dingtalk-server-api §10.8). A reply that decrypts, but to another word, is 71009. */
function refusal({ outcome, status, reply }: PushResult): ControlError {
  switch (outcome) {
    case 'timeout':
      return new ControlError('the callback URL did not answer in time', 400054)
    case 'unreachable':
      return new ControlError(`the callback URL cannot be reached: ${reply}`, 71012)
    case 'bad-status':
      return new ControlError(`the callback URL answered HTTP ${status}`, 400052)
    default:
      return /^\d{6} |^not a reply/.test(reply ?? '')
        ? new ControlError(`the reply data is wrong: ${reply}`, 400052)
        : new ControlError(`the reply is not "success": ${reply}`, 71009)
  }
}

function checkUrl(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : ''
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new ControlError('the callback URL is malformed', 71011)
}

/** Saves the subscription as the console does: an http one only when its URL answers `check_url` with `success`. */
export async function saveSubscription(world: World, input: unknown): Promise<void> {
  const wanted = subscriptionSchema.parse(input)
  if (wanted.channel === 'http') {
    checkUrl(wanted.url)
    const target = { ...wanted, owner: world.app.clientId }
    const result = await push(
      target,
      JSON.stringify({ EventType: 'check_url' }),
      world.clock.now(),
      world.settings.events.replyMs,
      new AbortController().signal,
    )
    if (result.outcome !== 'success')
      throw refusal(result)
  }
  world.applySettings({ events: wanted })
}
