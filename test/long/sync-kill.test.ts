import type { Account } from '#contract/directory.ts'
import type { ApiOutput } from '#contract/index.ts'
import type { Client } from '../support/client.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { killed, killedEngines } from '../support/killed.ts'
import { shown, truth } from '../support/truth.ts'

type Run = ApiOutput<'GET /api/sync/runs/:id'>

const rounds = 6

/** Asks once more when a kept-alive connection was closed at that very moment; a server that died stays dead. */
async function get<T>(client: Client, path: string): Promise<T> {
  const { body } = await client.get<T>(path).catch(() => client.get<T>(path))
  return body
}

describe.each(killedEngines)('a sync that is killed, on $engine', ({ server }) => {
  let company: Awaited<ReturnType<typeof killed>>
  beforeAll(async () => {
    company = await killed({ server, env: { DINGTALK_RATE_PER_API: '60' }, sandbox: { departments: 60, members: 1200, settings: { rates: { perApi: null, monthly: null }, latencyMs: 5 } } })
  })
  afterAll(() => company.close())

  /** Starts a run as soon as the one that died is recovered. */
  async function begin(client: Client): Promise<string> {
    for (;;) {
      const { status, body, error } = await client.post<Run>('/api/sync/runs', { mode: 'apply' })
      if (status === 202)
        return body.id
      expect(error.code).toBe('sync_running')
      await wait(1000)
    }
  }

  async function accounts(client: Client): Promise<Account[]> {
    const all: Account[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: ApiOutput<'GET /api/directory/accounts'> = await get(client, `/api/directory/accounts?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
      all.push(...page.items)
      cursor = page.nextCursor
    }
    return all
  }

  it(`changes all or nothing over ${rounds} kills, disables nobody who is there, and ends at DingTalk's truth`, async () => {
    const { platform } = company.sandbox
    const { control } = platform
    // External contacts are nobody's employees.
    const there = () => new Set(platform.members().flatMap(({ userid, external }) => (external ? [] : userid)))
    for (let round = 0; round <= rounds; round++) {
      await company.life(async (client) => {
        const before = await accounts(client)
        for (const { name, status, binding } of before)
          expect(status === 'active' || !binding || !there().has(binding.userid), `${name} is disabled although DingTalk has them`).toBe(true)
        const id = await begin(client)
        if (round === rounds) {
          let run: Run
          do {
            await wait(100)
            run = await get<Run>(client, `/api/sync/runs/${id}`)
          } while (run.status === 'running')
          // Many may have left since the last run that got through: then it asks first.
          if (run.status === 'stopped') {
            await client.post(`/api/sync/runs/${id}/apply`, {})
            do await wait(100)
            while ((await get<Run>(client, `/api/sync/runs/${id}`)).status === 'running')
          }
          expect(await shown(client)).toEqual(truth(company.sandbox))
          return
        }
        // In even rounds somewhere in the crawl, in odd ones as soon as it writes.
        if (round % 2 === 0) {
          await wait(100 + round * 150)
        }
        else {
          for (let phase = ''; phase !== 'apply' && phase !== 'done';) ({ phase } = await get<Run>(client, `/api/sync/runs/${id}`))
          await wait(round * 40)
        }
      })
      if (round === rounds)
        return
      control.mutate(
        { op: 'addMember', member: { userid: `joined${round}`, name: `新人${round}`, deptIds: [1] } },
        { op: 'removeMember', userid: there().has(`joined${round - 1}`) ? `joined${round - 1}` : [...there()].at(-2 - round)! },
        { op: 'addDepartment', department: { name: `新部门${round}`, parentId: 1, deptId: 90_000 + round } },
      )
    }
  })
})
