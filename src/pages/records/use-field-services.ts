import type { RecordKind } from '#contract/crm/kinds.ts'
import type { FieldValue, FormField } from '../../components/record-form/types.ts'
import { request } from '../../api/index.ts'
import { newRoute } from '../../components/crm/kinds.ts'
import { useKindCapabilities } from '../../components/crm/use-capabilities.ts'
import { provideFormServices } from '../../components/record-form/services.ts'
import { listOf } from '../../components/record-form/values.ts'

/** Lets the fields of a kind's form search what can be chosen in them. */
export function useFieldServices(kind: () => RecordKind, valueOf: (key: string) => FieldValue | undefined): void {
  const contacts = useKindCapabilities(() => 'contacts')
  const withinOf = (field: FormField) => field.target?.within ? listOf(valueOf(field.target.within))[0] : undefined
  provideFormServices({
    valueOf,
    // A follow-up may need a contact of a customer who has none yet.
    creation(field) {
      const customer = field.target?.kind === 'contacts' && contacts.value?.create ? withinOf(field) : undefined
      return customer ? newRoute('contacts', { kind: 'customers', id: customer }) : null
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
