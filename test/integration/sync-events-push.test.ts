import type { Sandbox } from '../../sandbox/index.ts'
import type { Database } from '../../server/db/index.ts'
import type { FreshInstance } from '../support/fresh.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { encryptMessage, signatureOf } from '../../sandbox/dingtalk/platform/events/http/crypto.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { tables } from '../../server/db/index.ts'
import { remember, settleOn } from '../../server/directory/sync/fresh/memory.ts'
import { freshEmbedded } from '../support/database.ts'
import { eventKeys, startFresh } from '../support/fresh.ts'
import { until } from '../support/until.ts'

let sandbox: Sandbox
let database: Database
let instance: FreshInstance

beforeAll(async () => {
  sandbox = await startSandbox()
  database = await freshEmbedded()
})
beforeEach(async () => {
  sandbox.platform.control.reset()
  await database.db.delete(tables.platformEvent)
  await database.db.delete(tables.setting)
  await database.db.delete(tables.syncRun)
  instance = await startFresh({ sandbox, database, channel: 'http' })
})
afterEach(() => instance.stop())
afterAll(async () => {
  await database.close()
  await sandbox.close()
})

const stored = () => database.db.select().from(tables.platformEvent)
function message(more: object = {}) {
  return JSON.stringify({ EventType: 'user_modify_org', EventTime: Date.now(), CorpId: sandbox.app.corpId, eventId: 'event-1', userId: ['lisi'], ...more })
}

interface Forged {
  text?: string
  owner?: string
  aesKey?: string
  token?: string
  at?: number
  names?: string[]
  method?: string
}

/** A push as DingTalk makes it, or nearly so. */
function push({
  text = message(),
  owner = sandbox.app.clientId,
  aesKey = eventKeys.aesKey,
  token = eventKeys.token,
  at = Date.now(),
  names = ['msg_signature', 'signature'],
}: Forged = {}) {
  const encrypt = encryptMessage(text, aesKey, owner)
  const url = new URL(instance.pushUrl)
  const signature = signatureOf(token, String(at), 'nonce', encrypt)
  for (const [name, value] of [['timestamp', String(at)], ['nonce', 'nonce'], ...names.map(name => [name, signature])])
    url.searchParams.set(name!, value!)
  return { url, body: JSON.stringify({ encrypt }) }
}
function send({ url, body }: { url: URL, body: string }, headers: Record<string, string> = { 'content-type': 'application/json' }) {
  return fetch(url, { method: 'POST', headers, body })
}
const refusal = async (response: Response) => ({ status: response.status, code: (await response.json()).error.code })

describe('the HTTP push', () => {
  it('lets the address be saved in DingTalk\'s console, and shows that it was', async () => {
    const state = async () => await instance.fresh.eventSettings({ baseUrl: 'https://crm.example.com/x', locale: 'en-US' })
    expect(await state()).toMatchObject({ channel: 'http', pushUrl: 'https://crm.example.com/x/dingtalk/events', state: { connection: 'waiting' } })
    await sandbox.platform.control.events.subscribe({ channel: 'http', url: instance.pushUrl, ...eventKeys })
    expect(await state()).toMatchObject({ state: { connection: 'connected', waiting: 0, failed: 0, lastEventAt: null } })
    expect(await stored()).toEqual([])
  })

  it('counts only what the present channel, keys and company delivered, and says when a push was refused since', async () => {
    const standing = () => instance.fresh.channelStanding()
    const becomes = (connection: string) => until(async () => {
      const now = await standing()
      return now.connection === connection ? now : undefined
    })
    expect((await send(push({ text: message({ CorpId: 'dingothercorp', eventId: 'elsewhere' }) }))).status).toBe(200)
    expect(await standing()).toMatchObject({ connection: 'waiting', lastEventAt: null })
    expect((await send(push())).status).toBe(200)
    expect(await standing()).toMatchObject({ connection: 'connected', trouble: undefined, lastEventAt: expect.any(Date) })

    // Signed with our token, but not to be deciphered: the keys of the two sides differ.
    await send(push({ aesKey: 'X'.repeat(43) }))
    expect(await becomes('failed')).toMatchObject({ trouble: { reason: '900008', at: expect.any(Date) } })
    expect((await instance.fresh.eventSettings({ baseUrl: '', locale: 'en-US' })).state.detail).toContain('aes_key')
    expect((await send(push({ text: message({ eventId: 'event-2' }) }))).status).toBe(200)
    expect((await becomes('connected')).trouble).toBeUndefined()

    // Other keys have proven nothing yet, nor has another channel; the old ones are not taken any more.
    const other = { aesKey: 'B'.repeat(43), token: 'newtoken01' }
    await instance.fresh.changeEventSettings({ channel: 'http', ...other }, 'tester', '127.0.0.1')
    expect(await standing()).toMatchObject({ connection: 'waiting', trouble: undefined, lastEventAt: null })
    await send(push({ ...other, aesKey: eventKeys.aesKey }))
    await becomes('failed')
    expect((await send(push({ ...other, text: message({ eventId: 'event-3' }) }))).status).toBe(200)
    await becomes('connected')
    await instance.fresh.changeEventSettings({ channel: 'stream' }, 'tester', '127.0.0.1')
    expect((await standing()).lastEventAt).toBeNull()
  })

  it('is not red for what a stranger may have sent, only hints at it', async () => {
    const doubted = (reason: string) => until(async () => {
      const now = await instance.fresh.channelStanding()
      return now.doubt?.reason === reason ? now : undefined
    })
    expect((await send(push())).status).toBe(200)
    await send({ ...push(), body: '{"rubbish":true}' })
    expect(await doubted('900001')).toMatchObject({ connection: 'connected', trouble: undefined })
    await send(push({ token: 'othertoken' }))
    expect(await doubted('900005')).toMatchObject({ connection: 'connected', trouble: undefined, doubt: { at: expect.any(Date) } })
    const { state } = await instance.fresh.eventSettings({ baseUrl: '', locale: 'en-US' })
    expect(state.detail).toContain('Perhaps not from DingTalk')
    expect(state.detail).toContain('token')
    expect((await send(push({ text: message({ eventId: 'event-2' }) }))).status).toBe(200)
    await until(async () => (await instance.fresh.channelStanding()).doubt === undefined || undefined)
  })

  it('forgets what was proven when another app or company is connected', async () => {
    const app = { corpId: sandbox.app.corpId, clientId: sandbox.app.clientId }
    await sandbox.platform.control.events.subscribe({ channel: 'http', url: instance.pushUrl, ...eventKeys })
    expect((await instance.fresh.channelStanding()).connection).toBe('connected')
    await settleOn(database.db, { ...app, clientId: 'dinganotherapp' })
    expect((await settleOn(database.db, app)).verifiedAt).toBeUndefined()
    expect((await instance.fresh.channelStanding()).connection).toBe('waiting')
  })

  it('acknowledges within a second what it has stored', async () => {
    await sandbox.platform.control.events.subscribe({ channel: 'http', url: instance.pushUrl, ...eventKeys })
    const [delivery] = sandbox.platform.control.events.emit({ type: 'user_modify_org', fields: { userId: ['lisi'] } })
    await until(() => delivery!.attempts[0])
    expect(delivery).toMatchObject({ state: 'done', attempts: [{ outcome: 'success', status: 200 }] })
    expect(delivery!.attempts[0]!.tookMs).toBeLessThan(1000)
    expect(await stored()).toMatchObject([{ id: delivery!.eventId, type: 'user_modify_org', channel: 'http', data: { userids: ['lisi'] } }])
  })

  it.each([['msg_signature'], ['signature']])('accepts the signature as %s, and any content type', async (name) => {
    expect((await send(push({ names: [name] }), {})).status).toBe(200)
    expect(await stored()).toHaveLength(1)
  })

  it('keeps ids only, nothing of anybody\'s data', async () => {
    await send(push({ text: message({ diffInfo: { userid: 'lisi', prev: { telephone: '13800000000' }, curr: {} } }) }))
    expect(JSON.stringify(await stored())).not.toContain('13800000000')
  })

  it('follows a push that is replayed only once, and refuses it when it is old', async () => {
    const same = push()
    expect((await send(same)).status).toBe(200)
    await until(async () => (await stored())[0]?.status === 'ignored' || undefined)
    expect((await send(same)).status).toBe(200)
    expect((await send(push())).status).toBe(200)
    expect(await stored()).toHaveLength(1)
    expect(instance.runs.targeted).toHaveLength(1)
    expect(await refusal(await send(push({ at: Date.now() - 11 * 60_000 })))).toEqual({ status: 400, code: 'bad_request' })
  })

  it.each<[string, Forged, number, string]>([
    ['another token', { token: 'othertoken' }, 403, 'forbidden'],
    ['no signature', { names: [] }, 403, 'forbidden'],
    ['another app\'s Client ID', { owner: 'dingotherapp' }, 403, 'forbidden'],
    ['the CorpId instead of the Client ID', { owner: 'dingcorp' }, 403, 'forbidden'],
    ['another AES key', { aesKey: 'X'.repeat(43) }, 400, 'bad_request'],
  ])('refuses a push with %s', async (_, forged, status, code) => {
    expect(await refusal(await send(push(forged)))).toEqual({ status, code })
    expect(await stored()).toEqual([])
  })

  it.each([
    ['no body', ''],
    ['no JSON', '{"encrypt":'],
    ['another shape', '{"encrypt":5}'],
    ['a bare string', '"encrypt"'],
    ['a list', '[]'],
    ['no base64', '{"encrypt":"***"}'],
    ['half a block', '{"encrypt":"aGVsbG8="}'],
  ])('answers 4xx to %s', async (_, body) => {
    const { url } = push()
    const response = await send({ url, body })
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
    expect((await response.json()).error.requestId).toBeTruthy()
    expect(await stored()).toEqual([])
  })

  it('refuses bodies that are too large, and other methods', async () => {
    expect(await refusal(await send({ url: push().url, body: JSON.stringify({ encrypt: 'A'.repeat(2_000_000) }) }))).toEqual({
      status: 413,
      code: 'payload_too_large',
    })
    expect(await refusal(await fetch(instance.pushUrl))).toEqual({ status: 405, code: 'method_not_allowed' })
  })

  it('acknowledges what it cannot make sense of, and reads the company instead', async () => {
    expect((await send(push({ text: message({ userId: undefined }) }))).status).toBe(200)
    expect((await send(push({ text: 'not json' }))).status).toBe(200)
    expect(await stored()).toEqual([])
    expect((await until(() => instance.runs.complete[0])).trigger).toBe('catch_up')
  })

  it('takes nothing while another channel is chosen', async () => {
    for (const channel of ['off', 'stream'] as const) {
      await instance.fresh.changeEventSettings({ channel }, 'tester', '127.0.0.1')
      expect(await refusal(await send(push()))).toEqual({ status: 404, code: 'not_found' })
    }
    await instance.fresh.changeEventSettings({ channel: 'http' }, 'tester', '127.0.0.1')
    expect((await send(push())).status).toBe(200)
  })

  it('answers an error when it cannot store, so that DingTalk pushes again', async () => {
    const original = database.db.insert.bind(database.db)
    const tried: unknown[] = []
    database.db.insert = ((table: typeof tables.platformEvent) => {
      if (table === tables.platformEvent && tried.push(table))
        throw new Error('the disk is full')
      return original(table)
    }) as typeof database.db.insert
    try {
      expect(await refusal(await send(push()))).toEqual({ status: 503, code: 'unavailable' })
    }
    finally {
      database.db.insert = original
    }
    expect(tried).toHaveLength(1)
    expect((await send(push())).status).toBe(200)
  })

  it('answers while the database is busy with something else, and knows the event when it is pushed again', async () => {
    const busy = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const blocking = database.db.transaction(async (tx) => {
      await tx.execute('select 1')
      begun.resolve()
      await busy.promise
    })
    await begun.promise
    // With the embedded database nothing else is read or written until this ends.
    expect(await refusal(await send(push()))).toEqual({ status: 503, code: 'unavailable' })
    busy.resolve()
    await blocking
    expect((await send(push())).status).toBe(200)
    expect(await stored()).toHaveLength(1)
  })
})

describe('pushes that DingTalk gave up', () => {
  /** Three events that nobody took. */
  async function park() {
    const { control } = sandbox.platform
    control.settings({ events: { retryMs: [], readableMs: 0, replyMs: 500 } })
    await control.events.subscribe({ channel: 'http', url: instance.pushUrl, ...eventKeys })
    await instance.stop()
    control.events.emit(...['lisi', 'wangwu', 'zhaoliu'].map(userid => ({ type: 'user_modify_org', fields: { userId: [userid] } })))
    await until(() => control.events.log().every(({ state }) => state === 'parked') || undefined)
  }

  it('are fetched after a start', async () => {
    await park()
    instance = await startFresh({ sandbox, database })
    await until(() => instance.runs.targeted[0])
    expect(instance.runs.targeted.flatMap(({ userids }) => userids).sort()).toEqual(['lisi', 'wangwu', 'zhaoliu'])
    expect((await stored()).map(({ channel }) => channel)).toEqual(['failed_list', 'failed_list', 'failed_list'])
    expect(instance.runs.complete).toEqual([])
  })

  it('are replaced by a complete run when the answer is lost, or somebody died over it', async () => {
    await park()
    sandbox.platform.control.faults({ path: '/call_back/get_call_back_failed_result', kind: 'lost-answer', times: 1 })
    instance = await startFresh({ sandbox, database })
    expect((await until(() => instance.runs.complete[0])).trigger).toBe('catch_up')

    await instance.stop()
    await database.db.delete(tables.syncRun)
    await database.db.delete(tables.setting)
    await remember(database.db, { askingSince: Date.now() - 3600_000 })
    instance = await startFresh({ sandbox, database, channel: 'http' })
    expect((await until(() => instance.runs.complete[0])).trigger).toBe('catch_up')
  })
})

describe('the event settings', () => {
  const view = () => instance.fresh.eventSettings({ baseUrl: '', locale: 'zh-CN' })

  it('never show or store the keys as they are', async () => {
    expect(await view()).toMatchObject({ aesKeySet: true, tokenSet: true })
    const everything = JSON.stringify([
      await view(),
      await database.db.select().from(tables.setting),
      await database.db.select().from(tables.auditLog),
    ])
    expect(everything).not.toContain(eventKeys.aesKey)
    expect(everything).not.toContain(eventKeys.token)
  })

  it('keep stored keys when none are given, and replace them when they are', async () => {
    await instance.fresh.changeEventSettings({ channel: 'http' }, 'tester', '127.0.0.1')
    expect((await send(push())).status).toBe(200)
    await instance.fresh.changeEventSettings({ channel: 'http', token: 'newtoken' }, 'tester', '127.0.0.1')
    expect((await send(push())).status).toBe(403)
    expect((await send(push({ token: 'newtoken' }))).status).toBe(200)
  })

  it('refuse the HTTP push without keys, and generate a pair that is stored only when saved', async () => {
    await database.db.delete(tables.setting)
    await instance.stop()
    instance = await startFresh({ sandbox, database })
    await expect(instance.fresh.changeEventSettings({ channel: 'http' }, 'tester', '127.0.0.1')).rejects.toMatchObject({
      code: 'validation_failed',
      details: {
        issues: [
          { path: 'aesKey', message: 'required' },
          { path: 'token', message: 'required' },
        ],
      },
    })
    const pair = instance.fresh.generateEventSecrets()
    expect(await view()).toMatchObject({ channel: 'off', aesKeySet: false, tokenSet: false })
    await instance.fresh.changeEventSettings({ channel: 'http', ...pair }, 'tester', '127.0.0.1')
    expect((await send(push(pair))).status).toBe(200)
  })
})
