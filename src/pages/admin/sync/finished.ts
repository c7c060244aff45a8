import { shallowRef } from 'vue'

/** Counts runs that ended with changes while this page was open: what shows the organisation looks again. */
export const organizationChanges = shallowRef(0)

const told = new Set<string>()

/** A run that was going on has ended well. Whoever notices it says so; it counts once. */
export function organizationChanged(run: string): void {
  if (told.has(run))
    return
  told.add(run)
  organizationChanges.value++
}
