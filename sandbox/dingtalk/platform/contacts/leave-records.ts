import type { Endpoint } from '../gateway/endpoint.ts'
import { z } from 'zod'
import { httpError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'
import { numeric } from '../gateway/input.ts'

const YEAR = 365 * 86_400_000
const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  .transform(value => Date.parse(value))
  .refine(value => !Number.isNaN(value))

function isoTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`
}

/** Page tokens are opaque to clients: the offset in hexadecimal, with a mark so that a made-up one is refused. */
const tokenOf = (offset: number): string => `DCCD7A65${offset.toString(16).padStart(8, '0').toUpperCase()}`
const pageToken = z.union([
  z.literal('0').transform(() => 0),
  z
    .string()
    .regex(/^DCCD7A65[\dA-F]{8}$/)
    .transform(token => Number.parseInt(token.slice(8), 16)),
])

/** Who left, when and why (dingtalk-server-api §4.7). */
export const leaveRecords: Endpoint = endpoint({
  family: 'new',
  method: 'GET',
  path: '/v1.0/contact/empLeaveRecords',
  auth: 'app',
  permission: 'Contact.Common.Read',
  input: z.object({
    startTime: time,
    endTime: time.optional(),
    nextToken: pageToken.default(0),
    maxResults: numeric.pipe(z.number().min(1).max(50)),
  }),
  handle({ startTime, endTime, nextToken, maxResults }, { world }) {
    const until = endTime ?? world.clock.now()
    if (until - startTime > YEAR || until < startTime)
      throw httpError(400, 'invalidParameter.param.invalid', '参数错误，时间跨度不能超过365天')
    const all = world.departures.filter(({ leftAt }) => leftAt >= startTime && leftAt <= until).sort((a, b) => a.leftAt - b.leftAt)
    const page = all.slice(nextToken, nextToken + maxResults)
    const end = nextToken + page.length
    return {
      ...(end < all.length ? { nextToken: tokenOf(end) } : {}),
      records: page.map(({ member, leftAt, reason }) => ({
        userId: member.userid,
        name: member.name,
        stateCode: member.stateCode,
        mobile: member.mobile,
        leaveTime: isoTime(leftAt),
        leaveReason: reason,
      })),
    }
  },
})
