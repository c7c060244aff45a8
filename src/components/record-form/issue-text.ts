import type { FormField } from './types.ts'
import { t, textFor } from '../../locales/index.ts'
import { countCharacters } from './values.ts'

/** What to write below a field: our text for a known code, else the server's own words. */
export function issueText(issue: string, field: FormField, value: unknown): string {
  const over = typeof value === 'string' && field.max !== undefined ? countCharacters(value) - field.max : 0
  return textFor(`forms.issues.${issue}`, { label: field.label, max: field.max ?? 0, n: over }) ?? (issue || t('forms.issues.invalid'))
}
