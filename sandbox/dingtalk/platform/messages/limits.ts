import { createHash } from 'node:crypto'

const MINUTE = 60_000

/** Why a message was silently dropped (dingtalk-server-api §5.3); `count` is the threshold. */
export interface Drop {
  code: '143103' | '143105' | '143106'
  count: number
}

/** `YYYY-MM-DD` in China: the day boundary is not documented, midnight in Shanghai is this sandbox's choice. */
export function chinaDay(epochMs: number): string {
  return new Date(epochMs + 8 * 3600_000).toISOString().slice(0, 10)
}

/** "Same content" is undocumented too: the same JSON here. */
export function fingerprint(msg: Record<string, unknown>): string {
  return createHash('sha1').update(JSON.stringify(msg)).digest('base64')
}

/** The silent limits, per receiver. */
export interface DeliveryLimits {
  /** Counts one delivery; answers why it must not happen. */
  check: (userid: string, print: string, now: number) => Drop | undefined
  /** Counts one message to the whole company; false after the third of the day. */
  toEveryone: (now: number) => boolean
}

/** `limits`: messages a person gets on a day, and receivers of a minute, as they are at this moment. */
export function createDeliveryLimits(limits: () => { perDay: number, perMinute: number }): DeliveryLimits {
  let day = ''
  let received = new Map<string, { count: number, prints: Set<string> }>()
  let companyWide = 0
  let minute = 0
  let inMinute = 0

  function turn(now: number): void {
    const today = chinaDay(now)
    if (today !== day) {
      day = today
      received = new Map()
      companyWide = 0
    }
    const current = Math.floor(now / MINUTE)
    if (current !== minute) {
      minute = current
      inMinute = 0
    }
  }
  return {
    check(userid, print, now) {
      turn(now)
      const { perDay, perMinute } = limits()
      let seen = received.get(userid)
      if (seen === undefined) {
        seen = { count: 0, prints: new Set() }
        received.set(userid, seen)
      }
      if (seen.prints.has(print))
        return { code: '143106', count: 1 }
      if (seen.count >= perDay)
        return { code: '143105', count: perDay }
      if (inMinute >= perMinute)
        return { code: '143103', count: perMinute }
      seen.prints.add(print)
      seen.count++
      inMinute++
      return undefined
    },
    toEveryone(now) {
      turn(now)
      companyWide++
      return companyWide <= 3
    },
  }
}
