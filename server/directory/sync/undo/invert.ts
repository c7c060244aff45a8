import type { Change, StoredKind } from '../changes/types.ts'

const opposite: Partial<Record<StoredKind, StoredKind>> = {
  'department.create': 'department.remove',
  'department.remove': 'department.create',
  'account.create': 'account.remove',
  'account.remove': 'account.create',
  'account.disable': 'account.reenable',
  'account.reenable': 'account.disable',
}

/** The change that takes this one back. A binding that ends is created again, and the other way round. */
export function invert({ kind, before, after, ...rest }: Change): Change {
  const swapped = { ...rest, before: after, after: before, reason: { key: 'undo' as const } }
  if (kind === 'binding.create')
    return { ...swapped, kind: 'binding.change' }
  if (kind === 'binding.change')
    return { ...swapped, kind: after === null ? 'binding.create' : kind, userid: before?.userid ?? rest.userid }
  return { ...swapped, kind: opposite[kind] ?? kind }
}
