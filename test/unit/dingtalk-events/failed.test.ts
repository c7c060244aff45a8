import type { FailedBatch } from '../../../server/dingtalk/events/failed.ts'
import type { Handler } from '../dingtalk/platform.ts'
import { describe, expect, it } from 'vitest'
import { failedPushes } from '../../../server/dingtalk/events/failed.ts'
import { app, startPlatform } from '../dingtalk/platform.ts'
import { callersOf } from './callers.ts'

const path = '/call_back/get_call_back_failed_result'
const now = () => 1_800_000_000_000

function entry(userid: string) {
  return { call_back_tag: 'user_add_org', event_time: 1606126433000, user_add_org: { userid: [userid], corpid: 'ding241' } }
}

async function platformWith(handler: Handler) {
  const platform = await startPlatform({ [path]: handler })
  const { appCall } = callersOf(platform)
  return { platform, pushes: failedPushes({ call: appCall, credentials: async () => app, now }) }
}

async function collect(pushes: AsyncIterable<FailedBatch>): Promise<FailedBatch[]> {
  const all: FailedBatch[] = []
  for await (const batch of pushes) all.push(batch)
  return all
}

describe('pushes that failed', () => {
  it('are fetched until there are no more', async () => {
    const { platform, pushes } = await platformWith((_, nth) => ({
      json: { errcode: 0, errmsg: 'ok', has_more: nth < 3, failed_list: [entry(`u${nth}`)] },
    }))
    const batches = await collect(pushes)
    expect(batches.flatMap(batch => batch.events.map(event => event.data.userids))).toEqual([['u1'], ['u2'], ['u3']])
    expect(platform.of(path)).toMatchObject([1, 2, 3].map(() => ({ method: 'GET' })))
    expect(platform.of(path)[0]?.query.get('access_token')).toBe('app-token')
  })

  it('are asked for again only after the batch was stored, because that deletes it', async () => {
    const { platform, pushes } = await platformWith((_, nth) => ({ json: { errcode: 0, has_more: true, failed_list: [entry(`u${nth}`)] } }))
    const callsWhileStoring: number[] = []
    for await (const _batch of pushes) {
      callsWhileStoring.push(platform.of(path).length)
      if (callsWhileStoring.length === 3)
        break
    }
    expect(callsWhileStoring).toEqual([1, 2, 3])
    expect(platform.of(path)).toHaveLength(3)
  })

  it('count what cannot be read', async () => {
    const { pushes } = await platformWith(() => ({
      json: { errcode: 0, has_more: 'false', failed_list: [entry('u'), 'odd', { call_back_tag: 'user_add_org' }] },
    }))
    expect(await collect(pushes)).toMatchObject([{ events: [{ data: { userids: ['u'] } }], unreadable: 2 }])
  })

  it.each([
    { errcode: 0, errmsg: 'ok' },
    { errcode: 0, has_more: true, failed_list: [] },
  ])('are none: %j', async (json) => {
    const { platform, pushes } = await platformWith(() => ({ json }))
    expect(await collect(pushes)).toEqual([])
    expect(platform.of(path)).toHaveLength(1)
  })

  it.each([['reset' as const], [{ status: 502, text: 'bad gateway' }]])(
    'are not asked for twice when an answer is lost on the way: %j',
    async (answer) => {
      const { platform, pushes } = await platformWith(() => answer)
      await expect(collect(pushes)).rejects.toMatchObject({ name: 'DingTalkError', outcome: 'unknown' })
      expect(platform.of(path)).toHaveLength(1)
    },
  )

  it('need a configured app', async () => {
    const { appCall } = callersOf(await startPlatform({}))
    await expect(collect(failedPushes({ call: appCall, credentials: async () => undefined, now }))).rejects.toMatchObject({
      reason: 'not_configured',
    })
  })
})
