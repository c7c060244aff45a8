import type { FieldValue, FormValues } from './types.ts'
import { sameValue } from './values.ts'

export interface Difference {
  key: string
  mine: FieldValue
  theirs: FieldValue
}

export interface MergedEdits {
  /** Their version with my edits where only I changed something; mine as well in `conflicts`. */
  values: FormValues
  /** Both of us changed these, differently: somebody has to choose. */
  conflicts: Difference[]
  /** Only they changed these; their value is taken. */
  adopted: Difference[]
}

/**
 * Three-way merge of a form: `base` is what I started from, `theirs` what is stored now.
 * Nothing either side wrote is dropped without being named in `conflicts` or `adopted`.
 */
export function mergeEdits(base: FormValues, mine: FormValues, theirs: FormValues): MergedEdits {
  const merged: MergedEdits = { values: {}, conflicts: [], adopted: [] }
  for (const key of Object.keys(mine)) {
    const difference = { key, mine: mine[key] ?? null, theirs: theirs[key] ?? null }
    const iChanged = !sameValue(base[key], difference.mine)
    const theyChanged = !sameValue(base[key], difference.theirs)
    merged.values[key] = iChanged ? difference.mine : difference.theirs
    if (!theyChanged || sameValue(difference.mine, difference.theirs))
      continue
    if (iChanged)
      merged.conflicts.push(difference)
    else merged.adopted.push(difference)
  }
  return merged
}
