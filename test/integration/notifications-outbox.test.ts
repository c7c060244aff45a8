import type { Database } from '../../server/db/index.ts'
import type { OutboxMessage } from '../../server/notifications/index.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { enqueue } from '../../server/notifications/outbox/enqueue.ts'
import { engines } from '../support/engines.ts'

const options = { now: Date.parse('2026-11-25T10:00:00Z'), gatherSeconds: 60, linkBase: 'https://crm.example.com' }

describe.each(engines)('the outbox on $engine', ({ open }) => {
  let database: Database
  const ids: string[] = []
  const text = (content: string): OutboxMessage['message'] => ({ msgtype: 'text', text: { content } })
  const message = (person: number, more: Partial<OutboxMessage> = {}): OutboxMessage =>
    ({ key: 'event-1', kind: 'record.assigned', title: 'A lead', accountId: ids[person]!, message: text('A lead is yours'), ...more })

  beforeAll(async () => {
    database = await open()
    const people = await database.db.insert(tables.account).values([{ name: 'Bound' }, { name: 'Bound too' }, { name: 'Unbound' }]).returning()
    ids.push(...people.map(({ id }) => id))
    await database.db.insert(tables.binding).values([0, 1].map(n => ({ userid: `user${n}`, unionid: `union${n}`, accountId: ids[n]!, source: 'sync' as const })))
  })
  afterAll(() => database.close())

  it('writes a message once for each event and recipient, and those without a member as unbound', async () => {
    const first = await enqueue(database.db, [message(0), message(1), message(2)], options)
    expect(first).toMatchObject({ queued: 2, unbound: 1, known: 0, sendings: [expect.any(String)] })
    expect(await enqueue(database.db, [message(0), message(2)], options)).toEqual({ queued: 0, unbound: 0, refused: 0, known: 2, sendings: [] })
    expect(await database.db.$count(tables.notificationSending)).toBe(1)
  })

  it('writes nothing when the transaction that caused it does not commit', async () => {
    await database.db
      .transaction(async (tx) => {
        await enqueue(tx, [message(0, { key: 'event-2' })], options)
        throw new Error('no')
      })
      .catch(() => {})
    expect(await database.db.$count(tables.notification, eq(tables.notification.key, `event-2:${ids[0]}`))).toBe(0)
  })

  it('lists what could never be sent instead of failing the business', async () => {
    const outcome = await enqueue(
      database.db,
      [message(0, { key: 'event-3', message: text('很'.repeat(35_000)) }), message(1, { key: 'event-3', title: 'NUL \0 and half \uD83D' })],
      options,
    )
    expect(outcome).toMatchObject({ queued: 1, refused: 1 })
    const [row] = await database.db.select().from(tables.notification).where(eq(tables.notification.key, `event-3:${ids[0]}`))
    expect(row).toMatchObject({ state: 'failed', reason: 'bad_message', detail: expect.stringContaining('2048') })
  })

  it('takes nobody, somebody who does not exist, and thousands', async () => {
    expect(await enqueue(database.db, [], options)).toEqual({ queued: 0, unbound: 0, refused: 0, known: 0, sendings: [] })
    expect(await enqueue(database.db, [message(0, { accountId: '00000000-0000-4000-8000-000000000000' })], options)).toMatchObject({ queued: 0, known: 1 })
    const many = Array.from({ length: 5001 }, (_, n) => message(n % 2, { key: `many-${n}`, gather: { key: 'leads' } }))
    expect(await enqueue(database.db, many, options)).toMatchObject({ queued: 5001, sendings: [expect.any(String)] })
    const [row] = await database.db.select().from(tables.notification).where(eq(tables.notification.key, `many-0:${ids[0]}`))
    expect(row?.dueAt.getTime()).toBe(options.now + 60_000)
  })
})
