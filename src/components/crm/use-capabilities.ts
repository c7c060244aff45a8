import type { Capabilities } from '#contract/crm/capabilities.ts'
import type { RecordKind } from '#contract/crm/kinds.ts'
import { computed, shallowRef } from 'vue'
import { request } from '../../api/index.ts'
import { useSession } from '../../stores/session/index.ts'

const known = shallowRef<Capabilities | null>(null)
let askedFor: string | undefined
let asking: Promise<void> | undefined

/**
 * What this CRM can do, asked once per person; null until the answer is here, and then nothing it
 * cannot do is offered. A failed answer is asked for again by the next page.
 */
export function useCapabilities() {
  const person = useSession().account?.id
  if (person !== askedFor) {
    known.value = null
    asking = undefined
    askedFor = person
  }
  asking ??= request('GET /api/crm/capabilities')
    .then((answer) => {
      if (person === askedFor)
        known.value = answer
    })
    .catch(() => {
      asking = undefined
    })
  return known
}

/** What it can do with one kind of record; null until known, or when there is no such kind. */
export function useKindCapabilities(kind: () => RecordKind) {
  const can = useCapabilities()
  return computed(() => can.value?.kinds.find(one => one.kind === kind()) ?? null)
}

/** The same for whoever can wait for it; null when there was no answer. */
export async function readCapabilities(): Promise<Capabilities | null> {
  const can = useCapabilities()
  await asking
  return can.value
}

/** Asks again, after the CRM was connected for example. */
export function renewCapabilities(): void {
  asking = undefined
  askedFor = undefined
}
