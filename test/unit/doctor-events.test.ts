import type { EventsState, Patient } from '../../server/settings/doctor/patient.ts'
import { describe, expect, it } from 'vitest'
import { DingTalkError, explain } from '../../server/dingtalk/index.ts'
import { standingOf } from '../../server/directory/sync/fresh/channel/view.ts'
import { eventChecks } from '../../server/settings/doctor/checks/events.ts'

const at = new Date('2026-11-20T08:00:00Z')

async function examine(state: Partial<EventsState>) {
  const events = async (): Promise<EventsState> => ({ channel: 'stream', connection: 'connected', trouble: undefined, doubt: undefined, lastEventAt: null, since: undefined, ...state })
  return (await eventChecks.events({ stored: true, events } as unknown as Patient, () => Promise.reject(new Error('asks nobody')))).finding
}
const refusal = new DingTalkError({ api: '/v1.0/gateway/connections/open', reason: '60020', httpStatus: 200, text: '访问ip不在白名单之中', ip: '203.0.113.9', requestId: 'req-1', outcome: 'rejected' })

describe('the doctor at the event channel', () => {
  it('says nothing of the channel where the credentials are not saved', async () => {
    const patient = { stored: false, events: () => Promise.reject(new Error('not of these credentials')) } as unknown as Patient
    const { finding } = await eventChecks.events(patient, () => Promise.reject(new Error('asks nobody')))
    expect(finding).toMatchObject({ result: 'untried', means: { 'en-US': expect.stringContaining('not saved yet'), 'zh-CN': expect.stringContaining('还没有保存') } })
  })

  it('is green only while connected and after an event', async () => {
    expect(await examine({ lastEventAt: at })).toMatchObject({ result: 'seen', seenAt: at })
    expect((await examine({})).result).toBe('manual')
    for (const connection of ['connecting', 'reconnecting', 'waiting'] as const)
      expect((await examine({ connection, lastEventAt: at })).result, connection).toBe('untried')
  })

  it('explains why the stream does not connect as DingTalk said it', async () => {
    const failed = await examine({ connection: 'failed', trouble: { reason: refusal.reason, error: refusal }, lastEventAt: at })
    for (const locale of ['zh-CN', 'en-US'] as const) {
      const { cause, fix, where } = explain(refusal, locale)
      expect([failed.means[locale], failed.fix?.[locale], failed.where?.[locale]]).toEqual([cause, fix, where])
    }
    expect(failed).toMatchObject({ result: 'failed', code: '60020', requestId: 'req-1' })
    expect(failed.answered?.['zh-CN']).toContain('没有接通')
    expect(failed.answered?.['en-US']).toContain('not working')
    expect(await examine({ connection: 'reconnecting', trouble: { reason: refusal.reason, error: refusal } })).toMatchObject({ result: 'untried', code: '60020' })
  })

  it('tells of a push that may be anybody\'s without turning red', async () => {
    const refusedSince = { doubtedAt: Number(at) + 1, doubtedCode: 900005 }
    const seen = await examine(standingOf({ channel: 'http' }, undefined, refusedSince, at))
    expect(seen).toMatchObject({ result: 'seen', seenAt: at })
    expect(seen.answered?.['en-US']).toContain('may not be DingTalk\'s')
    expect(seen.answered?.['zh-CN']).toContain('900005')
    const nothingYet = await examine(standingOf({ channel: 'http' }, undefined, refusedSince, null))
    expect(nothingYet).toMatchObject({ result: 'manual', code: '900005' })
    expect(nothingYet.fix?.['en-US']).toContain('token')
    // What is proven to concern us is red, whatever strangers sent since.
    const proven = { refusedAt: Number(at) + 1, refusedCode: 900008, doubtedAt: Number(at) + 2, doubtedCode: 900005 }
    expect(await examine(standingOf({ channel: 'http' }, undefined, proven, at))).toMatchObject({ result: 'failed', code: '900008' })
    // It is over with the next event.
    expect((await examine(standingOf({ channel: 'http' }, undefined, refusedSince, new Date(Number(at) + 2)))).answered?.['en-US']).toBe('HTTP: connected')
  })

  it('says that the month\'s pushes are used up, until an event arrives again', async () => {
    const stream = { status: 'connected', since: 0, reconnects: 0, failures: 0, quotaUsedUpAt: Number(at) } as const
    const told = await examine(standingOf({ channel: 'stream' }, stream, {}, new Date(Number(at) - 1)))
    expect(told).toMatchObject({ result: 'failed', code: '20001' })
    expect(told.means['en-US']).toContain('quota of event pushes')
    // Another instance met it.
    expect((await examine(standingOf({ channel: 'stream' }, { status: 'connected', since: 0, reconnects: 0, failures: 0 }, { quotaUsedUpAt: Number(at) }, null))).code).toBe('20001')
    expect((await examine(standingOf({ channel: 'stream' }, stream, {}, new Date(Number(at) + 1)))).result).toBe('seen')
  })
})
