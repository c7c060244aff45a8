import type { About } from '../../../components/crm/kinds.ts'
import { onMounted, shallowRef } from 'vue'
import { useRoute } from 'vue-router'
import { useOutbox } from '../../../stores/outbox/index.ts'
import { readAbout } from './use-about.ts'

/** What a new record begins with, as the address says: a draft of this device, else what it is about. */
export function useStart() {
  const { query } = useRoute()
  const outbox = useOutbox()
  const draft = typeof query.draft === 'string' ? outbox.find(query.draft) : undefined
  /** undefined: not known yet. */
  const about = shallowRef<About | null | undefined>(undefined)
  const error = shallowRef<unknown>(null)

  async function load() {
    error.value = null
    if (draft) {
      await outbox.restorePictures(draft)
      about.value = null
      return
    }
    about.value = await readAbout(query).catch((reason: unknown) => {
      error.value = reason
      return undefined
    })
  }
  onMounted(load)

  return { draft, about, error, load }
}
