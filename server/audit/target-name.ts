import type { SQL } from 'drizzle-orm'
import type { AuditTarget } from './targets.ts'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../db/index.ts'

const { account, notificationSending } = tables

/** Where the name stands of a target whose details tell only the id. */
const named: Partial<Record<string, (id: string) => SQL<string>>> = {
  account: id => sql`(select ${account.name} from ${account} where ${account.id} = ${id}::uuid)`,
  sending: id => sql`(select ${notificationSending.title} from ${notificationSending} where ${notificationSending.id} = ${id}::uuid)`,
}

const uuid = z.uuid()

/** The name as it is now, read by the statement that writes the entry: later it may be another, or gone. */
export function targetName({ type, id, name }: AuditTarget): string | SQL<string> | null {
  return name ?? (uuid.safeParse(id).success ? named[type]?.(id!) : undefined) ?? null
}
