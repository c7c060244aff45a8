import type { RecordKind } from '#contract/crm/kinds.ts'
import type { About } from '../../../components/crm/kinds.ts'
import { onMounted, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { listRoute } from '../../../components/crm/kinds.ts'
import { useOpenedDraft } from '../drafts/use-opened-draft.ts'
import { readAbout } from './use-about.ts'

/** What a new record begins with, as the address says: a draft of this device, else what it is about. */
export function useStart(kind: RecordKind) {
  const { query } = useRoute()
  const router = useRouter()
  const { draft, ready } = useOpenedDraft(({ key }) => key === query.draft, () => void router.replace(listRoute(kind)))
  /** undefined: not known yet. */
  const about = shallowRef<About | null | undefined>(undefined)
  const error = shallowRef<unknown>(null)

  async function load() {
    error.value = null
    about.value = query.draft
      ? null
      : await readAbout(query).catch((reason: unknown) => {
          error.value = reason
          return undefined
        })
  }
  onMounted(load)

  return { draft, ready, about, error, load }
}
