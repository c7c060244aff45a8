import type { Capabilities } from '#contract/crm/legacy.ts'
import { shallowRef } from 'vue'
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
  asking ??= request('GET /api/crm/legacy/capabilities')
    .then((answer) => {
      if (person === askedFor)
        known.value = answer
    })
    .catch(() => {
      asking = undefined
    })
  return known
}
