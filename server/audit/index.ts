import type { Db } from '../db/index.ts'
import { tables } from '../db/index.ts'

export interface AuditEntry {
  /** Name of the person, or "operator" for a break-glass session. */
  actor: string
  /** What was done, as `area.verb`: `settings.update`, `admin_link.used`. */
  action: string
  /** What was changed, without secrets. */
  detail?: object
  ip?: string
}

/** Remembers who did what; pass the transaction that does it, so that neither exists without the other. */
export async function audit(db: Db, { actor, action, detail = {}, ip }: AuditEntry): Promise<void> {
  await db.insert(tables.auditLog).values({ actor, action, detail, ip: ip ?? null })
}
