import type { CrmRecord } from '#contract/crm/records.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { killed } from '../support/killed.ts'

const rounds = 10

/** Customers acknowledged before each kill. */
const perRound = 25

let company: Awaited<ReturnType<typeof killed>>
beforeAll(async () => {
  company = await killed({})
})
afterAll(() => company.close())

it(`keeps what it acknowledged over ${rounds} kills in the middle of writing, and the logins too`, async () => {
  const acknowledged: string[] = []
  for (let round = 0; round <= rounds; round++) {
    await company.life(async (client) => {
      for (const id of acknowledged)
        expect((await client.get<CrmRecord>(`/api/crm/customers/${id}`)).status, id).toBe(200)
      if (round === rounds)
        return
      for (let i = 0; i < perRound; i++) {
        const { status, body } = await client.post<CrmRecord>('/api/crm/customers', { values: { name: `第 ${round} 轮 ${i}` } })
        expect(status).toBe(201)
        acknowledged.push(body.id)
      }
      // One more is on its way when the process dies; it may be there afterwards or not.
      void client.post('/api/crm/customers', { values: { name: `途中 ${round}` } }).catch(() => {})
    })
  }
})
