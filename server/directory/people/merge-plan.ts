import type { MergePreview } from '#contract/people/accounts.ts'

type BindingState = 'present' | 'out_of_scope' | 'gone'

/** An account as far as merging looks at it. */
export interface Mergeable {
  id: string
  role: 'admin' | 'member'
  status: 'active' | 'disabled'
  mergedIntoId: string | null
  title: string | null
  mobile: string | null
  email: string | null
  jobNumber: string | null
  avatar: string | null
  hiredAt: Date | null
  mainDepartmentId: string | null
  /** How its member was seen last; null = unbound. */
  bound: BindingState | null
}

const fillable = ['title', 'mobile', 'email', 'jobNumber', 'avatar', 'hiredAt', 'mainDepartmentId'] as const

export interface MergePlan {
  binding: MergePreview['binding']
  /** The kept account had a binding, in whose place the other one's comes: whoever logged in by it is out. */
  replacesBinding: boolean
  /** Values that the kept account lacks and gets. */
  fills: Partial<Pick<Mergeable, (typeof fillable)[number]>>
  becomesAdministrator: boolean
}

/**
 * What a merge does, or undefined when it must not be: the same account, one merged before, one kept that cannot log
 * in, or two members who are both in the company. A value never replaces another.
 */
export function mergePlan(keep: Mergeable, drop: Mergeable): MergePlan | undefined {
  const bothLive = keep.bound === 'present' && drop.bound === 'present'
  if (keep.id === drop.id || keep.mergedIntoId !== null || drop.mergedIntoId !== null || keep.status !== 'active' || bothLive)
    return undefined
  const moves = drop.bound !== null && (keep.bound === null || (keep.bound !== 'present' && drop.bound === 'present'))
  return {
    binding: moves ? 'moves' : keep.bound === null ? 'none' : 'keep',
    replacesBinding: moves && keep.bound !== null,
    fills: Object.fromEntries(fillable.filter(field => !keep[field] && drop[field]).map(field => [field, drop[field]])),
    becomesAdministrator: keep.role !== 'admin' && drop.role === 'admin' && drop.status === 'active',
  }
}
