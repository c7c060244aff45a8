import type { State } from '../state.ts'
import { createHash } from 'node:crypto'

/**
 * A digest of everything in our tables that a plan depends on: while it is the same, the plan fits. Logins do not
 * count: they change nothing that a plan writes.
 */
export function hashState(state: State): string {
  const digest = createHash('sha256')
  const add = (rows: object[], key: (row: never) => string) => {
    for (const row of rows.toSorted((a, b) => (key(a as never) < key(b as never) ? -1 : 1)))
      digest.update(JSON.stringify(row, (name, value: unknown) => (name === 'lastLoginAt' ? undefined : value)))
    digest.update('\0')
  }
  add(state.departments, ({ id }: { id: string }) => id)
  add(state.accounts, ({ id }: { id: string }) => id)
  add(state.unbound, ({ id }: { id: string }) => id)
  add(state.decisions, ({ userid, unionid }: { userid: string, unionid: string }) => `${userid}\0${unionid}`)
  for (const id of [...state.memberships.keys()].sort())
    digest.update(JSON.stringify([id, ...[...state.memberships.get(id)!].map(([department, leader]) => `${department}${leader}`).sort()]))
  return digest.digest('hex')
}
