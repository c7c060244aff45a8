import { describe, expect, it } from 'vitest'
import { createTickets } from '../../../server/dingtalk/tickets/index.ts'
import { sign, signedUrl } from '../../../server/dingtalk/tickets/sign.ts'
import { FakeClock } from './fake-clock.ts'
import { app, clientOf, startPlatform } from './platform.ts'

const ticketPath = '/v1.0/oauth2/jsapiTickets'
const known = { ticket: 'ticket-ABC123', nonceStr: 'nonceXYZ', timeStamp: '1700000000000' }

describe('dd.config signature', () => {
  it('matches the calculated samples (dingtalk-server-api §6)', () => {
    expect(sign({ ...known, url: 'https://crm.example.com/' })).toBe('1c07fef203ef41ef1d60cd6731aab4388e28ca0073d657c2b0fab919a24b82ee')
    const url = 'https://crm.example.com/app/index.html?corpId=ding0123456789abcdef&name=%E5%BC%A0%E4%B8%89'
    expect(sign({ ...known, url })).toBe('81c9a81a99eac7a7560ced2749093e73c0a733aa8661b81ca41d02010151ad7c')
    expect(sign({ ...known, url: `${url}#/customers/1` })).toBe(sign({ ...known, url }))
  })

  it('keeps the port as the browser shows it and survives a stray percent sign', () => {
    expect(signedUrl('http://crm.example.com:80/a%20b?x=1#y')).toBe('http://crm.example.com:80/a%20b?x=1')
    expect(signedUrl('https://crm.example.com/?discount=5%')).toBe('https://crm.example.com/?discount=5%')
  })
})

describe('tickets', () => {
  it('are fetched once and make a config that verifies', async () => {
    const platform = await startPlatform({ [ticketPath]: { json: { jsapiTicket: 'the-ticket', expireIn: 7200 } } })
    const { tickets } = clientOf(platform)
    const url = 'https://crm.example.com/?corpId=x'
    const [config] = await Promise.all([tickets.config(url), tickets.config(url), tickets.jsapiTicket()])
    expect(config).toMatchObject({ agentId: app.agentId, corpId: app.corpId })
    expect(config.signature).toBe(sign({ ticket: 'the-ticket', nonceStr: config.nonceStr, timeStamp: config.timeStamp, url }))
    expect(platform.of(ticketPath)).toHaveLength(1)
    tickets.invalidate()
    await tickets.jsapiTicket()
    expect(platform.of(ticketPath)).toHaveLength(2)
  })

  it('need an AgentId for a config', async () => {
    const platform = await startPlatform({})
    await expect(
      clientOf(platform, { credentials: async () => ({ ...app, agentId: undefined }) }).tickets.config('https://x/'),
    ).rejects.toMatchObject({ reason: 'agent_id_missing' })
  })

  it('are not trusted longer than a day after their first issue, however often they were renewed', async () => {
    const clock = new FakeClock()
    const begun = clock.now()
    const askedAt: number[] = []
    const tickets = createTickets({
      // a platform that always renews the same ticket by two hours
      call: async (call) => {
        askedAt.push((clock.now() - begun) / 3_600_000)
        return call.schema.parse({ jsapiTicket: 'same', expireIn: 7200 })
      },
      credentials: async () => app,
      clock,
      logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    })
    for (let minute = 0; minute < 25 * 60; minute += 5) {
      await tickets.jsapiTicket()
      await clock.advance(300_000)
    }
    const lastDayRenewals = askedAt.filter(hour => hour > 23.5 && hour <= 24.2)
    // close to the end the cached value is refetched at once instead of being kept for two more hours
    expect(lastDayRenewals.length).toBeGreaterThan(1)
  })
})
