import { shallowRef } from 'vue'

/** Counts runs that ended with changes while this page was open: what shows the organisation looks again. */
export const organizationChanges = shallowRef(0)

/** A run that was going on has ended well. */
export function organizationChanged(): void {
  organizationChanges.value++
}
