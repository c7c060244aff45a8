import type { Account } from '#contract/directory.ts'
import type { ApiOutput } from '#contract/index.ts'
import type { Client } from '../support/client.ts'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from '../support/client.ts'
import { killed, killedEngines } from '../support/killed.ts'
import { until } from '../support/until.ts'

type Sendings = ApiOutput<'GET /api/notifications'>
type Detail = ApiOutput<'GET /api/notifications/:id'>
type View = ApiOutput<'GET /api/notification-delivery'>

const rounds = 6
/** Announcements acknowledged before each kill, each a call of its own. */
const perRound = 8
const receivers = 4
/** Leads given to somebody right before each kill: their news may not have been made of them yet. */
const leadsPerRound = 3

const once = new Set(['sent', 'not_checked', 'read', 'unread'])
/** Another instance could still be making the calls of one that died: that is known after a minute. */
const settledMs = 180_000

describe.each(killedEngines)('delivery that is killed, on $engine,', ({ server }) => {
  let company: Awaited<ReturnType<typeof killed>>
  beforeAll(async () => {
    // Slow enough that calls are under way when the process dies.
    company = await killed({ server, env: { DINGTALK_RATE_PER_API: '60' }, sandbox: { members: 12, departments: 2, settings: { rates: { perApi: null, monthly: null }, latencyMs: 60 } } })
  })
  afterAll(() => company.close())

  /** The company with everybody bound, and no limits in the way. */
  async function prepare(client: Client): Promise<void> {
    const { body: run } = await client.post<ApiOutput<'POST /api/sync/runs'>>('/api/sync/runs', { mode: 'apply' })
    await until(async () => (await client.get<ApiOutput<'GET /api/sync/runs/:id'>>(`/api/sync/runs/${run.id}`)).body.status !== 'running' || undefined)
    const { body: { settings } } = await client.get<View>('/api/notification-delivery')
    const { status } = await client.put('/api/notification-delivery', { ...settings, receiversPerMinute: 5000, receiversPerSecond: 5000, gatherSeconds: 0, results: { important: false, samplePercent: 0 } })
    expect(status).toBe(200)
  }

  it(`delivers each message once or says that nobody knows, over ${rounds} kills in the middle of delivering`, async () => {
    let chosen: Account[] = []
    const titles: string[] = []
    const leads: string[] = []
    for (let round = 0; round <= rounds; round++) {
      await company.life(async (client, url) => {
        if (round === 0)
          await prepare(client)
        if (round === rounds) {
          await settled(client)
          await tellTheTruth(client, titles, chosen)
          await everyLeadTold(url, leads, chosen[1]!)
          return
        }
        const { body: { items } } = await client.get<ApiOutput<'GET /api/directory/accounts'>>('/api/directory/accounts?limit=100')
        chosen = items.filter(({ status, binding }) => status === 'active' && binding).slice(0, receivers)
        expect(chosen).toHaveLength(receivers)
        const before = company.sandbox.platform.control.tasks().length
        for (let n = 0; n < perRound; n++) {
          const title = `通知 ${round}-${n}.`
          const { status } = await client.post('/api/messages/announcements', { key: randomUUID(), title, text: title, audience: { kind: 'people', ids: chosen.map(({ id }) => id) }, way: 'people', urgent: true })
          expect(status).toBe(201)
          titles.push(title)
        }
        // Dies with some delivered and others not, each time a little further on.
        await until(() => company.sandbox.platform.control.tasks().length > before || undefined)
        await wait(round * 25)
        for (let n = 0; n < leadsPerRound; n++) {
          const name = `线索 ${round}-${n}.`
          const { status } = await client.post('/api/crm/leads', { values: { name, owner: chosen[1]!.id }, ignoreDuplicates: true })
          expect(status).toBe(201)
          leads.push(name)
        }
      })
    }
  })

  /** Nothing waits, and nothing is being handed over. */
  async function settled(client: Client): Promise<void> {
    await until(async () => {
      const { body: { queue } } = await client.get<View>('/api/notification-delivery')
      expect(queue.paused).toBeNull()
      return (queue.waiting === 0 && queue.sending === 0) || undefined
    }, settledMs)
  }

  async function tellTheTruth(client: Client, titles: string[], people: Account[]): Promise<void> {
    const states = new Map<string, number>()
    const { body: { items } } = await client.get<Sendings>('/api/notifications?limit=100&kind=announcement')
    for (const { id, title } of items) {
      const { body: { recipients } } = await client.get<Detail>(`/api/notifications/${id}?limit=100`)
      for (const { account, state, reason } of recipients.items) {
        const { userid } = people.find(person => person.id === account?.id)!.binding!
        const copies = company.sandbox.platform.messagesOf(userid).filter(({ msg }) => JSON.stringify(msg).includes(title)).length
        if (once.has(state))
          expect(copies, `${title} to ${userid} is ${state}`).toBe(1)
        else
          expect([state, copies <= 1, reason], `${title} to ${userid}`).toEqual(['possibly', true, 'interrupted'])
        states.set(state, (states.get(state) ?? 0) + 1)
      }
    }
    // None is missing from the log.
    expect([...new Set(items.map(({ title }) => title.replace('公告：', '')))].sort()).toEqual([...titles].sort())
    expect([...states.values()].reduce((sum, count) => sum + count, 0)).toBe(titles.length * people.length)
    expect(states.get('not_checked')).toBeGreaterThan(0)
  }

  /** Whoever was given leads heard of each of them once. */
  async function everyLeadTold(url: string, leads: string[], owner: Account): Promise<void> {
    const client = createClient(url)
    await company.login(client, owner.binding!.userid)
    const told = async () => (await client.get<ApiOutput<'GET /api/crm/messages'>>('/api/crm/messages?limit=100&category=records')).body.items
    // News is made of the last business a moment after the start; none may come twice, so what there is at the end counts.
    await until(async () => new Set((await told()).map(({ text }) => text)).size === leads.length)
    expect((await told()).map(({ text }) => text).sort()).toEqual([...leads].sort())
  }
})
