import type { FormField, FormValues } from '../../../components/record-form/types.ts'
import { isEmpty } from '../../../components/record-form/values.ts'
import { t } from '../../../locales/index.ts'
import { needsConnection } from '../../../stores/outbox/index.ts'

/** What a record without a name says, by its first text; null when nothing was written yet. */
export function saidIn(fields: readonly FormField[], values: FormValues): string | null {
  const texts = fields.filter(field => ['textarea', 'text'].includes(field.type) && !isEmpty(values[field.key]))
  const value = texts[0] && values[texts[0].key]
  return typeof value === 'string' ? value.trim() : null
}

/** The fields that a change writes, by name. */
export function changedIn(fields: readonly FormField[], values: FormValues): string[] {
  return fields.filter(field => field.key in values).map(field => field.label)
}

/** What is said of a draft that could not be sent yet. */
export function waitsWords({ whole, error }: { whole: boolean, error: unknown }): string {
  return t(!whole ? 'crm.drafts.waitsUnsafe' : needsConnection(error) ? 'crm.drafts.waitsForConnection' : 'crm.drafts.waits')
}
