import type { Database } from '../../server/db/index.ts'
import { randomUUID } from 'node:crypto'
import { desc } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../server/audit/index.ts'
import { tables } from '../../server/db/index.ts'
import { engines } from '../support/engines.ts'

describe.each(engines)('the audit log on $engine', ({ open }) => {
  let database: Database
  beforeAll(async () => void (database = await open()))
  afterAll(() => database.close())

  it('names the account and the message an entry tells only the id of, as they are called now', async () => {
    const { db } = database
    const [person] = await db.insert(tables.account).values({ name: '李四' }).returning()
    const [sent] = await db.insert(tables.notificationSending).values({ id: randomUUID(), kind: 'announcement', title: '国庆放假', payload: '' }).returning()
    const last = async () => (await db.select({ type: tables.auditLog.targetType, name: tables.auditLog.targetName }).from(tables.auditLog).orderBy(desc(tables.auditLog.at)).limit(1))[0]

    await audit(db, { action: 'crm.connected', detail: { account: person!.id } })
    expect(await last()).toEqual({ type: 'account', name: '李四' })
    await db.transaction(tx => audit(tx, { action: 'notifications.retry', detail: { sending: sent!.id } }))
    expect(await last()).toEqual({ type: 'sending', name: '国庆放假' })
    // Told by whoever wrote it, or nobody's any more.
    await audit(db, { action: 'account.roles', target: { type: 'account', id: person!.id, name: '李四（旧）' } })
    expect(await last()).toEqual({ type: 'account', name: '李四（旧）' })
    for (const id of [randomUUID(), 'of another time']) {
      await audit(db, { action: 'account.roles', detail: { id } })
      expect(await last()).toEqual({ type: 'account', name: null })
    }
  })
})
