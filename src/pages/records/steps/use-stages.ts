import type { RecordKind } from '#contract/crm/kinds.ts'
import type { Stage } from '#contract/crm/steps.ts'
import { computed, shallowRef, watch } from 'vue'
import { request } from '../../../api/index.ts'
import { useForm } from '../../../components/crm/use-form.ts'
import { useTexts } from '../../../locales/index.ts'

/**
 * The stages a record can be in: those of opportunities are a list of their own, those of leads the
 * options of the form's `stage` field, without the one that converting leads to; `failed` is their bad end.
 */
export function useStages(kind: () => RecordKind) {
  const { locale } = useTexts()
  const { spec } = useForm(kind)
  const own = shallowRef<readonly Stage[]>([])
  const lostReasons = shallowRef<readonly { value: string, label: string }[]>([])

  watch([kind, locale], async () => {
    if (kind() !== 'opportunities')
      return
    try {
      const found = await request('GET /api/crm/opportunities/stages')
      own.value = found.stages
      lostReasons.value = found.lostReasons
    }
    catch {
      // Without them the record still can be read; the next visit asks again.
    }
  }, { immediate: true })

  const stages = computed<readonly Stage[]>(() => {
    if (kind() === 'opportunities')
      return own.value
    const options = spec.value?.fields.find(field => field.key === 'stage')?.options ?? []
    return options.filter(option => !option.retired && option.value !== 'converted').map(({ value, label }) => ({ value, label, probability: 0, outcome: value === 'failed' ? 'lost' : 'open' }))
  })

  return { stages, lostReasons }
}
