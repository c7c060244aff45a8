import { describe, expect, it } from 'vitest'
import { createOpenGateway } from '../../../server/dingtalk/events/stream/open.ts'
import { app, startPlatform } from '../dingtalk/platform.ts'
import { callersOf, createLog, textOf } from './callers.ts'

const path = '/v1.0/gateway/connections/open'
const { signal } = new AbortController()

async function opening(json: unknown, { status = 200, api = 'http://api.example' } = {}) {
  const platform = await startPlatform({ [path]: { status, json } })
  const log = createLog()
  const open = createOpenGateway({ call: callersOf(platform, log).call, credentials: async () => app, hosts: { api }, timeoutMs: 2000 })
  return { platform, log, open }
}

describe('opening a stream', () => {
  it('asks as DingTalk documents it, without an access token', async () => {
    const { platform, open } = await opening({ endpoint: 'wss://wss-open-connection.dingtalk.com:443/connect', ticket: 'a b+c' })
    const url = await open(signal)
    expect(url.href).toBe('wss://wss-open-connection.dingtalk.com/connect?ticket=a+b%2Bc')
    expect(platform.calls).toHaveLength(1)
    const [call] = platform.calls
    expect(call).toMatchObject({
      method: 'POST',
      path,
      body: { clientId: app.clientId, clientSecret: app.clientSecret, subscriptions: [{ type: 'EVENT', topic: '*' }] },
    })
    expect(call?.headers).toMatchObject({ 'accept': 'application/json', 'content-type': 'application/json' })
    expect(call?.headers).not.toHaveProperty('x-acs-dingtalk-access-token')
  })

  it('refuses to go on without encryption when the platform itself is encrypted', async () => {
    const { open } = await opening({ endpoint: 'ws://elsewhere.example/connect', ticket: 't' }, { api: 'https://api.dingtalk.com' })
    await expect(open(signal)).rejects.toMatchObject({ reason: 'unexpected_shape' })
  })

  it.each([
    {},
    { endpoint: 'https://x.example/', ticket: 't' },
    { endpoint: 'not a url', ticket: 't' },
    { endpoint: 'wss://x.example/', ticket: '' },
  ])('refuses the answer %j', async (json) => {
    const { open } = await opening(json)
    await expect(open(signal)).rejects.toMatchObject({ reason: 'unexpected_shape' })
  })

  it('tells DingTalk\'s refusal, but not our secret', async () => {
    const { open, log } = await opening({ code: 'invalidClient', message: `wrong secret ${app.clientSecret}` }, { status: 401 })
    await expect(open(signal)).rejects.toMatchObject({ reason: 'invalidClient', text: 'wrong secret ***' })
    expect(textOf(log)).not.toContain(app.clientSecret)
  })

  it('needs a configured app', async () => {
    const platform = await startPlatform({})
    const open = createOpenGateway({
      call: callersOf(platform).call,
      credentials: async () => undefined,
      hosts: { api: platform.url },
      timeoutMs: 2000,
    })
    await expect(open(signal)).rejects.toMatchObject({ reason: 'not_configured' })
    expect(platform.calls).toEqual([])
  })
})
