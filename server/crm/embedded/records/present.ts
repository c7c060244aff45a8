import type { z } from 'zod'
import type { FieldValues } from '#contract/crm/forms.ts'
import type { Chip, PersonRef, RecordKind, RecordRef } from '#contract/crm/kinds.ts'
import type { fieldRefs, RecordRow } from '#contract/crm/records.ts'
import type { Locale } from '../../../http/locale.ts'
import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { Seen } from '../access/read.ts'
import type { Abilities } from '../access/rights.ts'
import type { FieldDef, KindDef, StoredRecord } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { nameRecords, shortName } from '../access/read.ts'
import { rightsTo } from '../access/rights.ts'
import { idsIn, shownValue } from '../forms/values.ts'
import { contactStates } from '../kinds/options.ts'
import { nextPlans } from './next-plans.ts'

type Refs = z.infer<typeof fieldRefs>

/** Long texts in a list say how they begin: twenty rows must stay small. */
const shownInList = 280

/** Names of everything rows refer to; a few reads for all of them. */
export interface Names {
  people: Map<string, PersonRef>
  records: Map<RecordKind, Map<string, { name: string, readable: boolean }>>
}

export async function presentRows(parts: EmbeddedParts, actor: Actor, kind: KindDef, reach: Reach, abilities: Abilities, rows: Seen[]): Promise<RecordRow[]> {
  const fields = kind.fields.filter(({ listed }) => listed)
  const names = await readNames(parts, kind, reach, fields, rows)
  const next = kind.followed ? await nextPlans(parts.db, kind, rows) : new Map()
  const now = parts.now()
  return rows.map(row => ({
    kind: kind.kind,
    id: row.id,
    name: nameOf(kind, row),
    values: valuesOf(fields, row, shownInList),
    refs: refsOf(fields, row, names),
    state: stateOf(kind, row, actor.locale, now),
    owner: names.people.get(row.ownerId) ?? null,
    about: aboutOf(kind, row, names),
    next: next.get(row.id) ?? null,
    lastFollowUpAt: row.lastFollowUpAt instanceof Date ? row.lastFollowUpAt.toISOString() : null,
    updatedAt: row.updatedAt.toISOString(),
    rights: rightsTo(kind, row, row.access, abilities, { customer: names.records.get('customers')?.get(String(row.customerId))?.readable ?? false }),
  }))
}

export function nameOf({ nameProp }: KindDef, row: StoredRecord): string {
  return shortName(String(row[nameProp] ?? ''))
}

export async function readNames({ db, directory }: EmbeddedParts, kind: KindDef, reach: Reach, fields: FieldDef[], rows: StoredRecord[]): Promise<Names> {
  const people = fields.filter(({ type }) => type === 'member').flatMap(field => rows.flatMap(row => idsIn(field, row)))
  const wanted = new Map<RecordKind, Set<string>>()
  const want = (of: RecordKind, ids: string[]) => wanted.set(of, new Set([...(wanted.get(of) ?? []), ...ids]))
  for (const { type, target, ...field } of fields) {
    if (type === 'record' && target)
      want(target.kind, rows.flatMap(row => idsIn({ type, target, ...field }, row)))
  }
  for (const { prop, kind: of } of kind.parents) want(of, rows.flatMap(row => (typeof row[prop] === 'string' ? [row[prop]] : [])))
  const records: Names['records'] = new Map()
  for (const [of, ids] of wanted) records.set(of, await nameRecords(db, reach, of, [...ids]))
  return { people: await directory.accountRefs([...rows.map(({ ownerId }) => ownerId), ...people]), records }
}

export function valuesOf(fields: FieldDef[], row: StoredRecord, longest = Infinity): FieldValues {
  return Object.fromEntries(fields.filter(({ type }) => type !== 'divider').map(field => [field.key, shorten(shownValue(field, row), longest)]))
}

function shorten<T>(value: T, longest: number): T | string {
  return typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : value
}

export function refsOf(fields: FieldDef[], row: StoredRecord, { people, records }: Names): Refs {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const ids = field.type === 'member' || field.type === 'record' ? idsIn(field, row) : []
      const found = ids.map((id) => {
        const record = field.target && records.get(field.target.kind)?.get(id)
        return record ? { id, ...record } : { id, name: people.get(id)?.name ?? '' }
      })
      return found.length > 0 ? [[field.key, found]] : []
    }),
  )
}

export function stateOf(kind: KindDef, row: StoredRecord, locale: Locale, now: Date): Chip | null {
  if (kind.kind === 'contacts')
    return chipOf(contactStates, row.disabledAt === null ? 'enabled' : 'disabled', locale)
  if (!kind.state)
    return null
  if (kind.kind === 'plans' && row.status === 'open' && row.dueAt instanceof Date && row.dueAt < now)
    return { value: 'overdue', label: locale === 'zh-CN' ? '已逾期' : 'Overdue', tone: 'danger' }
  return chipOf(kind.state.options, String(row[kind.state.prop]), locale)
}

function chipOf(options: NonNullable<KindDef['state']>['options'], value: string, locale: Locale): Chip {
  const found = options.find(option => option.value === value)
  return { value, label: found?.label[locale] ?? value, tone: found?.tone ?? 'neutral' }
}

/** What a record belongs to, in the order of its kind: the customer of a contact, what a follow-up is about. */
export function aboutOf(kind: KindDef, row: StoredRecord, { records }: Names): RecordRef[] {
  return kind.parents.flatMap(({ prop, kind: of }) => {
    const id = row[prop]
    const named = typeof id === 'string' ? records.get(of)?.get(id) : undefined
    return named ? [{ kind: of, id: id as string, ...named }] : []
  })
}
