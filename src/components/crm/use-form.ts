import type { FormSpec } from '#contract/crm/forms.ts'
import type { RecordKind } from '#contract/crm/kinds.ts'
import { shallowReactive, shallowRef, watch } from 'vue'
import { isCancelled, request } from '../../api/index.ts'
import { currentLocale, useTexts } from '../../locales/index.ts'
import { useSession } from '../../stores/session/index.ts'

interface Kept { spec: FormSpec, at: number }

/** By person, language and kind: rights and words are in it. */
const kept = shallowReactive(new Map<string, Kept>())

/** Milliseconds after which a form is asked for again; the old one serves meanwhile. */
const staleAfter = 300_000

function keyOf(kind: RecordKind): string {
  return `${useSession().account?.id}:${currentLocale()}:${kind}`
}

/** Fetches a form into memory, ahead of its use; a failure only means that it is asked for again. */
export async function fetchForm(kind: RecordKind): Promise<void> {
  const key = keyOf(kind)
  if (!kept.has(key))
    kept.set(key, { spec: await request('GET /api/crm/forms/:kind', { params: { kind } }), at: Date.now() })
}

/** The form of a kind of record: from memory at once, and anew when it is old. Null is no kind, and no form. */
export function useForm(kind: () => RecordKind | null) {
  const { locale } = useTexts()
  const spec = shallowRef<FormSpec | null>(null)
  const error = shallowRef<unknown>(null)

  async function load() {
    const wanted = kind()
    if (wanted === null) {
      spec.value = null
      return
    }
    const key = keyOf(wanted)
    const isWanted = () => wanted === kind() && key === keyOf(wanted)
    const known = kept.get(key)
    spec.value = known?.spec ?? null
    if (known && Date.now() - known.at < staleAfter)
      return
    error.value = null
    try {
      const found = await request('GET /api/crm/forms/:kind', { params: { kind: wanted } })
      const same = known?.spec.revision === found.revision ? known.spec : found
      kept.set(key, { spec: same, at: Date.now() })
      if (isWanted())
        spec.value = same
    }
    catch (reason) {
      if (isWanted() && !known && !isCancelled(reason))
        error.value = reason
    }
  }

  watch(() => [kind(), locale.value], load, { immediate: true })
  return { spec, error, load }
}
