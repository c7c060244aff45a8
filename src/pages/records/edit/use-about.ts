import type { LocationQuery } from 'vue-router'
import type { FormSpec } from '#contract/crm/forms.ts'
import type { RecordKind, RecordRef } from '#contract/crm/kinds.ts'
import type { About } from '../../../components/crm/kinds.ts'
import type { FormRefs, FormValues } from '../../../components/record-form/types.ts'
import { request } from '../../../api/index.ts'
import { aboutOfPlan } from '../../../components/crm/kinds.ts'

const kinds: readonly RecordKind[] = ['leads', 'customers', 'contacts', 'opportunities', 'follow-ups', 'plans']

/**
 * The record that a new one is about, as the address names it (`?of=customers&ofId=…`, `?plan=…`):
 * from the history entry where the page before knew it, else from the server.
 * @throws ApiError
 */
export async function readAbout(query: LocationQuery, state: unknown = window.history.state): Promise<About | null> {
  const kind = query.plan ? 'plans' : kinds.find(one => one === query.of)
  const id = query.plan ?? query.ofId
  if (!kind || typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id))
    return null
  const told = typeof state === 'object' && state !== null && 'about' in state && typeof state.about === 'string' ? (JSON.parse(state.about) as About) : null
  if (told?.id === id)
    return told
  const found = await request('GET /api/crm/:kind/:id', { params: { kind, id } })
  return found.kind === 'plans' ? aboutOfPlan(found) : found
}

/**
 * Fills the record fields of a form from a record: itself where its kind fits, else what it is about
 * (the customer of an opportunity), so that a follow-up written at an opportunity has both.
 */
export function fillAbout(spec: FormSpec, about: About): { values: FormValues, refs: FormRefs } {
  const known: RecordRef[] = [{ kind: about.kind, id: about.id, name: about.name, readable: true }, ...about.about]
  const values: FormValues = {}
  const refs: Record<string, { id: string, name: string, readable: boolean }[]> = {}
  for (const field of spec.fields) {
    const found = field.type === 'record' ? known.find(ref => ref.kind === field.target?.kind) : undefined
    if (!found)
      continue
    values[field.key] = field.multiple ? [found.id] : found.id
    refs[field.key] = [{ id: found.id, name: found.name, readable: found.readable }]
  }
  return { values, refs }
}
