import type { FormField } from './types.ts'
import { t, textFor } from '../../locales/index.ts'
import { countCharacters } from './values.ts'

/** What to write below a field: our text for a known code, else the server's own words. */
export function issueText(issue: string, field: FormField, value: unknown): string {
  const limit = field.maxLength ?? 0
  const over = typeof value === 'string' && field.maxLength !== undefined ? countCharacters(value) - limit : 0
  const params = {
    label: field.label,
    max: issue === 'too_big' ? (field.max ?? '10¹⁸') : issue === 'too_many' ? (field.maxItems ?? 0) : limit,
    min: field.min ?? 0,
    decimals: field.decimals ?? 0,
    n: over,
  }
  return textFor(`forms.issues.${issue}`, params) ?? (issue || t('forms.issues.invalid'))
}
