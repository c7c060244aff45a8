import { AsyncLocalStorage } from 'node:async_hooks'

/** The request in whose course something is audited: who, from where, and whether anything was written yet. */
export interface AuditScope {
  /** null: nobody is logged in, as at the door. */
  actor: string | null
  actorId: string | null
  ip: string
  requestId: string
  written: boolean
}

const storage = new AsyncLocalStorage<AuditScope>()

export function currentScope(): AuditScope | undefined {
  return storage.getStore()
}

/** Runs a request's work so that what it audits is complete without being told. */
export function withinScope<T>(scope: AuditScope, work: () => Promise<T>): Promise<T> {
  return storage.run(scope, work)
}
