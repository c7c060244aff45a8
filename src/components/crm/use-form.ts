import type { FormSpec } from '#contract/crm/forms.ts'
import type { RecordKind } from '#contract/crm/kinds.ts'
import { shallowReactive, shallowRef, watch } from 'vue'
import { isCancelled, request } from '../../api/index.ts'
import { useTexts } from '../../locales/index.ts'
import { useSession } from '../../stores/session/index.ts'

interface Kept { spec: FormSpec, at: number }

/** By person, language and kind: rights and words are in it. */
const kept = shallowReactive(new Map<string, Kept>())

/** Milliseconds after which a form is asked for again; the old one serves meanwhile. */
const staleAfter = 300_000

/** The form of a kind of record: from memory at once, and anew when it is old. */
export function useForm(kind: () => RecordKind) {
  const { locale } = useTexts()
  const session = useSession()
  const spec = shallowRef<FormSpec | null>(null)
  const error = shallowRef<unknown>(null)
  const keyOf = () => `${session.account?.id}:${locale.value}:${kind()}`

  async function load() {
    const key = keyOf()
    const known = kept.get(key)
    spec.value = known?.spec ?? null
    if (known && Date.now() - known.at < staleAfter)
      return
    error.value = null
    try {
      const found = await request('GET /api/crm/forms/:kind', { params: { kind: kind() } })
      const same = known?.spec.revision === found.revision ? known.spec : found
      kept.set(key, { spec: same, at: Date.now() })
      if (keyOf() === key)
        spec.value = same
    }
    catch (reason) {
      if (keyOf() === key && !known && !isCancelled(reason))
        error.value = reason
    }
  }

  watch(keyOf, load, { immediate: true })
  return { spec, error, load }
}
