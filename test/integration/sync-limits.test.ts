import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../server/dingtalk/clock.ts'
import { startApp } from '../support/app.ts'
import { held, truth } from '../support/truth.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

describe('a sync under tighter limits than it knows of', () => {
  it.each([
    ['for each API', { perApi: 6, overall: null }],
    ['over all APIs together', { perApi: null, overall: 12 }],
  ])('%s is refused now and then, and ends at DingTalk\'s truth', async (_, rates) => {
    // What DingTalk counts by the second is not to be hurried.
    const app = await startApp({ dingtalkClock: systemClock, env: { DINGTALK_RATE_PER_API: '20' }, sandbox: { settings: { rates: { ...rates, monthly: null } } } })
    cleanups.push(() => app.close())
    const run = await app.sync(await app.loggedIn('zhangsan'))
    expect(run).toMatchObject({ status: 'succeeded', stop: null })
    expect(run.progress.retries).toBeGreaterThan(0)
    expect(await held(app.database)).toEqual(truth(app.sandbox))
  }, 60_000)
})
