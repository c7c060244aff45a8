import type { FieldSpec, FormSpec } from '#contract/crm/forms.ts'
import type { Locale } from '../../../http/locale.ts'
import type { FieldDef, KindDef } from '../kinds/index.ts'
import { createHash } from 'node:crypto'
import { dayIn } from '../days.ts'
import { filtersOf } from '../kinds/index.ts'

/** The form of a kind as somebody reads it, with the defaults of this moment. */
export function describeForm(kind: KindDef, { locale, actorId, now }: { locale: Locale, actorId: string, now: Date }): FormSpec {
  return {
    kind: kind.kind,
    revision: createHash('sha256').update(JSON.stringify([kind.fields, kind.asked, locale])).digest('hex').slice(0, 16),
    fields: kind.fields.map(field => describeField(kind, field, locale, { actorId, now })),
    asked: kind.asked.map(field => describeField(kind, field, locale, { actorId, now })),
  }
}

function describeField(kind: KindDef, field: FieldDef, locale: Locale, given: { actorId: string, now: Date }): FieldSpec {
  const { key, type, label, placeholder, hint, required, unique, readonly, options, target, listed, prop: _, filters: __, default: ___, ...told } = field
  const value = defaultOf(field, given)
  return {
    key,
    type,
    label: label[locale],
    ...(placeholder && { placeholder: placeholder[locale] }),
    ...(hint && { hint: hint[locale] }),
    required: required ?? false,
    unique: unique ?? false,
    writable: !readonly && type !== 'divider',
    ...told,
    ...(value !== undefined && { default: value }),
    ...(options && { options: options.map(({ value, label, retired }) => ({ value, label: label[locale], ...(retired && { retired }) })) }),
    ...(target && { target }),
    listed: listed ?? false,
    filters: filtersOf(field),
    sortable: key in kind.sorts,
  }
}

/** What an absent value becomes on create: a constant, the reader, or the moment the form is asked for. */
export function defaultOf({ default: given }: FieldDef, { actorId, now }: { actorId: string, now: Date }): FieldSpec['default'] {
  switch (given) {
    case 'me':
      return actorId
    case 'now':
      return now.toISOString()
    case 'today':
      return dayIn(now)
    default:
      return given
  }
}
