import { request } from '../../../api/index.ts'
import { provideFormServices } from '../../../components/record-form/services.ts'

/** People to give a record to, to share it with or to mention. */
export function usePeople(purpose: 'owner' | 'share' | 'mention'): void {
  provideFormServices({
    valueOf: () => undefined,
    async search(_field, keyword, signal) {
      const { owners } = await request('GET /api/crm/owners', { query: { for: purpose, ...(keyword && { q: keyword }) }, signal })
      return owners
    },
  })
}
