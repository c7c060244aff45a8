import type { RecordKind } from '#contract/crm/kinds.ts'
import type { FormField } from '../../components/record-form/types.ts'
import type { RecordFormState } from '../../components/record-form/use-record-form.ts'
import { defineAsyncComponent } from 'vue'
import { request } from '../../api/index.ts'
import { useKindCapabilities } from '../../components/crm/use-capabilities.ts'
import { provideFormServices } from '../../components/record-form/services.ts'
import { listOf } from '../../components/record-form/values.ts'

const CreateInPlace = defineAsyncComponent(() => import('./edit/CreateInPlace.vue'))

/** Lets the fields of a kind's form search what can be chosen in them; without a form (a filter) each is on its own. */
export function useFieldServices(kind: () => RecordKind, form?: RecordFormState): void {
  const contacts = useKindCapabilities(() => 'contacts')
  const valueOf = (key: string) => form?.values.value[key]
  const withinOf = (field: FormField) => field.target?.within ? listOf(valueOf(field.target.within))[0] : undefined
  provideFormServices({
    valueOf,
    // A follow-up may need a contact of a customer who has none yet.
    creation(field) {
      const { kind: wanted, within } = field.target ?? {}
      const customer = wanted === 'contacts' && within && contacts.value?.create ? form?.refs.value[within]?.[0] : undefined
      return customer ? { component: CreateInPlace, about: { kind: 'customers', id: customer.id, name: customer.name, about: [] } } : null
    },
    async search(field, keyword, signal) {
      const within = withinOf(field)
      const { options } = await request('GET /api/crm/forms/:kind/options/:field', {
        params: { kind: kind(), field: field.key },
        query: { limit: 30, ...(keyword && { q: keyword }), ...(within && { within }) },
        signal,
      })
      return options
    },
  })
}
