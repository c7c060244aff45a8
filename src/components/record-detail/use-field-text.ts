import type { FieldValue, FormField, LocationValue, Named } from '../record-form/types.ts'
import { listWords, useTexts } from '../../locales/index.ts'
import { useRegions } from '../crm/use-regions.ts'
import { date, fullDate } from '../dates/calendar-words.ts'
import { money } from '../figure/amounts.ts'
import { pathOf } from '../record-form/options.ts'
import { listOf } from '../record-form/values.ts'

/** Values in words; "" for nothing. One place for lists, details, conflicts and read-only fields. */
export function useFieldText() {
  const { t, locale } = useTexts()
  const regions = useRegions()

  /** "2027-02-12" as 2027年2月12日; a day of this year without it where there is little room. */
  function dayOf(value: FieldValue, brief: boolean): string {
    const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(value)) ?? []
    if (!year || !month || !day)
      return String(value)
    const at = new Date(Number(year), Number(month) - 1, Number(day))
    return date(at, !brief || at.getFullYear() !== new Date().getFullYear(), locale.value)
  }

  /** `brief` in a row, where the year of a day is said only when it is another one. */
  function textOf(field: Pick<FormField, 'type' | 'options' | 'format' | 'regions'>, value: FieldValue | undefined, names: readonly Named[] = [], brief = false): string {
    if (value === null || value === undefined)
      return ''
    switch (field.type) {
      case 'amount':
        return money(String(value))
      case 'number':
        return (typeof value === 'number' ? value.toLocaleString(locale.value, { maximumFractionDigits: 12 }) : String(value)) + (field.format === 'percent' ? '%' : '')
      case 'date':
        return dayOf(value, brief)
      case 'datetime':
        return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? fullDate(new Date(value), locale.value) : String(value)
      case 'radio':
      case 'select':
      case 'industry':
      case 'checkbox':
      case 'multi-select':
        return listWords(listOf(value).map(one => pathOf(field.options ?? [], one) || one))
      case 'member':
      case 'department':
      case 'record':
        return listWords(listOf(value).map(one => names.find(({ id }) => id === one)?.name ?? t('forms.unknown')))
      case 'picture':
        return t('forms.pictures', { n: listOf(value).length })
      case 'location':
        return typeof value === 'object' && !Array.isArray(value) ? ([field.regions ? regions.pathOf(value.code) : pathOf(field.options ?? [], value.code) || value.code, value.detail].filter(Boolean).join(' ') || pointOf(value)) : String(value)
      default:
        return typeof value === 'object' ? listWords(listOf(value)) : String(value)
    }
  }

  return { textOf }
}

/** A place without an address, as one may type it into a map. */
function pointOf({ latitude, longitude }: LocationValue): string {
  return latitude === undefined || longitude === undefined ? '' : `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`
}
