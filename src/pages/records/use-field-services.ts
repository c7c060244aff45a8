import type { RecordKind } from '#contract/crm/kinds.ts'
import type { FieldValue } from '../../components/record-form/types.ts'
import { request } from '../../api/index.ts'
import { provideFormServices } from '../../components/record-form/services.ts'
import { listOf } from '../../components/record-form/values.ts'

/** Lets the fields of a kind's form search what can be chosen in them. */
export function useFieldServices(kind: () => RecordKind, valueOf: (key: string) => FieldValue | undefined): void {
  provideFormServices({
    valueOf,
    async search(field, keyword, signal) {
      const within = field.target?.within ? listOf(valueOf(field.target.within))[0] : undefined
      const { options } = await request('GET /api/crm/forms/:kind/options/:field', {
        params: { kind: kind(), field: field.key },
        query: { limit: 30, ...(keyword && { q: keyword }), ...(within && { within }) },
        signal,
      })
      return options
    },
  })
}
