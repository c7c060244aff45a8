import type { Db } from '../db/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../db/index.ts'

/**
 * Lets nobody else add or change a binding until the transaction ends: first logins of administrators do, too. They
 * wait here, so that a plan fits what it changes.
 */
export async function lockBindings(tx: Db): Promise<void> {
  await tx.execute(sql`lock table ${tables.binding} in share row exclusive mode`)
}

/**
 * Before anything that locks an account and then writes its binding: a sync locks the bindings first and the accounts
 * afterwards, and both would wait for each other. Several of these do not hinder one another.
 */
export async function beforeBindings(tx: Db): Promise<void> {
  await tx.execute(sql`lock table ${tables.binding} in row exclusive mode`)
}
