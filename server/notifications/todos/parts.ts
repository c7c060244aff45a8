import type { Db } from '../../db/index.ts'
import type { DingTalk } from '../../dingtalk/index.ts'
import type { DeliveryParts } from '../parts.ts'
import { eq } from 'drizzle-orm'
import { tables } from '../../db/index.ts'

export type TodoParts = Pick<DeliveryParts, 'db' | 'settings' | 'enabled' | 'credentials' | 'budget' | 'alerts' | 'log' | 'now'> & { dingtalk: { todos: DingTalk['todos'] } }

/** What DingTalk calls a person across apps; to-dos are addressed by it. */
export async function unionidOf(db: Db, accountId: string): Promise<string | undefined> {
  const [found] = await db.select({ unionid: tables.binding.unionid }).from(tables.binding).where(eq(tables.binding.accountId, accountId))
  return found?.unionid || undefined
}
