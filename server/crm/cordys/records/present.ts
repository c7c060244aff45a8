import type { Chip, RecordRef } from '#contract/crm/kinds.ts'
import type { CrmRecord, RecordRow } from '#contract/crm/records.ts'
import type { Locale } from '../../../http/locale.ts'
import type { CordysField, FormConfig } from '../forms/config.ts'
import type { Kind } from '../kinds/index.ts'
import type { Profile } from '../session/user.ts'
import type { OptionMap, RawDetail, RawRecord } from './raw.ts'
import { cordysKey, keyOf } from '../forms/config.ts'
import { describeForm } from '../forms/describe.ts'
import { readValue, unescaped } from '../forms/read-value.ts'
import { isMultiple, targetOf, typeOf } from '../forms/types.ts'
import { knownKinds } from '../kinds/kind.ts'
import { displayOf } from './display.ts'
import { storedValue, textOf } from './raw.ts'
import { accessOf, rightsOf } from './rights.ts'
import { versionOf } from './version.ts'

export interface Reading {
  kind: Kind
  config: FormConfig
  user: Profile
  locale: Locale
}

/** Long texts in a list say how they begin. */
const shownInList = 280

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
const cut = (text: string, longest: number) => ([...text].length > longest ? `${[...text].slice(0, longest).join('')}…` : text)

/** The fields of the form the reader gets, as Cordys has them. */
function shownFields({ kind, config, user }: Reading, { listed }: { listed: boolean }): CordysField[] {
  const specs = new Map(describeForm(kind, config, user).fields.map(spec => [spec.key, spec]))
  return config.fields.filter(field => field.type !== 'DIVIDER' && specs.has(keyOf(field)) && (!listed || specs.get(keyOf(field))!.listed))
}

function valuesOf(fields: CordysField[], record: RawRecord, longest = Infinity) {
  return Object.fromEntries(fields.map((field) => {
    const value = readValue(field, storedValue(field, record))
    return [keyOf(field), typeof value === 'string' ? cut(value, longest) : value]
  }))
}

/** Names of ids: from the map that came with the answer, or the `…Name` that stands next to a business key. */
function refsOf(fields: CordysField[], record: RawRecord, names: OptionMap) {
  return Object.fromEntries(fields.flatMap((field) => {
    if (!['member', 'department', 'record'].includes(typeOf(field)))
      return []
    const value = readValue(field, storedValue(field, record))
    const ids = Array.isArray(value) ? value : typeof value === 'string' ? [value] : []
    const known = new Map(names[cordysKey(field)]?.map(({ id, name }) => [id, name]))
    const beside = isMultiple(field) ? null : textOf(record, `${cordysKey(field).replace(/Id$/, '')}Name`)
    const target = targetOf(field)
    const refs = ids.map(id => ({ id, name: known.get(id) ?? beside ?? '', ...(target && { readable: knownKinds.includes(target) }) }))
    return refs.length > 0 ? [[keyOf(field), refs]] : []
  }))
}

export function nameOf({ kind }: Kind, record: RawRecord): string {
  return kind === 'follow-ups' ? cut(unescaped(textOf(record, 'content') ?? '').split('\n')[0]!, 60) : (record.name ?? '')
}

function stateOf({ kind }: Kind, record: RawRecord, locale: Locale): Chip | null {
  if (kind !== 'contacts' || typeof record.enable !== 'boolean')
    return null
  const label = record.enable ? { 'zh-CN': '启用', 'en-US': 'Enabled' } : { 'zh-CN': '停用', 'en-US': 'Disabled' }
  return { value: record.enable ? 'enabled' : 'disabled', label: label[locale], tone: record.enable ? 'success' : 'neutral' }
}

function aboutOf({ kind }: Kind, record: RawRecord): RecordRef[] {
  const id = textOf(record, 'customerId')
  return kind === 'customers' || id === null ? [] : [{ kind: 'customers', id, name: textOf(record, 'customerName') ?? '', readable: true }]
}

const personOf = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '', avatar: null })

function present(reading: Reading, record: RawRecord, names: OptionMap, fields: CordysField[], longest?: number): RecordRow {
  const { kind, user, locale } = reading
  return {
    kind: kind.kind,
    id: record.id,
    name: nameOf(kind, record),
    values: valuesOf(fields, record, longest),
    refs: refsOf(fields, record, names),
    state: stateOf(kind, record, locale),
    owner: personOf(record.owner, record.ownerName),
    about: aboutOf(kind, record),
    next: null,
    lastFollowUpAt: kind.kind === 'customers' ? iso(record.followTime) : null,
    updatedAt: iso(record.updateTime ?? record.createTime) ?? new Date(0).toISOString(),
    rights: rightsOf(kind, user, record),
  }
}

export function presentRows(reading: Reading, records: RawRecord[], names: OptionMap): RecordRow[] {
  const fields = shownFields(reading, { listed: true })
  return records.map(record => present(reading, record, names, fields, shownInList))
}

/** A record in full. */
export function presentRecord(reading: Reading, detail: RawDetail, counts: CrmRecord['counts'] = {}): CrmRecord {
  const fields = shownFields(reading, { listed: false })
  const display = fields.filter(field => typeOf(field) === 'unsupported').flatMap((field) => {
    const text = displayOf(field, detail, reading.locale)
    return text === undefined ? [] : [[keyOf(field), text] as const]
  })
  const row = present(reading, detail, detail.optionMap, fields)
  return {
    ...row,
    // A form that shows the value of a field nobody can edit shows its words; sent back they change nothing.
    values: { ...row.values, ...Object.fromEntries(display) },
    display: Object.fromEntries(display),
    createdAt: iso(detail.createTime) ?? new Date(0).toISOString(),
    createdBy: personOf(detail.createUser, detail.createUserName),
    version: versionOf(reading.config, detail),
    access: accessOf(reading.user, detail),
    counts,
    converted: [],
    deletedAt: null,
  }
}
