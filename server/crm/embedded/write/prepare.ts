import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { Input } from './input.ts'
import { inUse } from './in-use.ts'
import { referenceIssues } from './references.ts'
import { fillTargets, parentIssues, shapeIssues } from './shape.ts'

interface Options {
  path?: string
  recordId?: string
  /** What is stored already, for a change. */
  current?: Record<string, unknown>
}

/** Everything about an input that needs the database to know; before the transaction that writes it. All issues together. */
export async function prepare(parts: EmbeddedParts, actor: Actor, reach: Reach, kind: KindDef, input: Input, { path = 'values', recordId, current }: Options = {}) {
  if (input.issues.length > 0)
    return input.issues
  if (!current)
    await fillTargets(parts.db, kind, input.stored)
  const whole = { ...current, ...input.stored }
  const issues = [
    ...(await referenceIssues(parts, kind, input, { actor, reach, whole, path, ...(current && { current }), ...(recordId !== undefined && { recordId }) })),
    ...shapeIssues(kind, whole, path),
  ]
  // Deals that name a contact would have one of another customer.
  if (kind.kind === 'contacts' && recordId !== undefined && input.stored.customerId !== undefined && (await inUse(parts.db, kind, [recordId])).size > 0)
    issues.push({ path: `${path}.customer`, message: 'contact_in_use' })
  const moved = kind.parents.some(({ prop }) => input.stored[prop] !== undefined)
  return issues.length === 0 && moved ? parentIssues(parts.db, kind, whole, reach, path) : issues
}
