import { z } from 'zod'
import { defineRoutes } from '../route.ts'
import { kindParams, mainKinds, recordKind } from './kinds.ts'

export const fieldTypes = [
  'text',
  'textarea',
  'number',
  'amount',
  'date',
  'datetime',
  'radio',
  'checkbox',
  'select',
  'multi-select',
  'member',
  'department',
  'record',
  'phone',
  'email',
  'link',
  'location',
  'industry',
  'picture',
  'serial',
  'divider',
  'unsupported',
] as const
export type FieldType = (typeof fieldTypes)[number]

/**
 * A field's value as JSON, by type; null is "nothing", an absent key "not sent".
 * - text, textarea, phone, email, link, serial: string
 * - number: number; amount: exact decimal as string ("1234567.80")
 * - date: "YYYY-MM-DD"; datetime: ISO 8601 in UTC
 * - radio, select, industry: an option's value; checkbox, multi-select: several
 * - member, department, record: an id, or ids where `multiple`
 * - location: `{ code, detail, latitude?, longitude?, datum? }` (code of the region, "" when none; coordinates are
 *   GCJ-02, those of Chinese maps and of DingTalk, unless `datum` says "wgs84", those of browsers)
 * - picture: ids of pictures
 * - divider: no value; unsupported: whatever it is, shown by `display` and preserved
 */
export const locationValue = z.object({
  code: z.string().max(12),
  detail: z.string().max(300),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  datum: z.literal('wgs84').optional(),
})
export type LocationValue = z.infer<typeof locationValue>
export const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), locationValue, z.null()])
export type FieldValue = z.infer<typeof fieldValue>

export const fieldValues = z.record(z.string().max(64), fieldValue)
export type FieldValues = z.infer<typeof fieldValues>

export const fieldOption = z.object({
  value: z.string(),
  label: z.string(),
  /** No longer to be chosen; records that have it keep it. */
  retired: z.boolean().optional(),
  /** For options in levels (regions, industries). */
  parent: z.string().optional(),
})
export type FieldOption = z.infer<typeof fieldOption>

/** What a filter on a field may ask. */
export const filterOperators = ['is', 'is_not', 'any_of', 'contains', 'at_least', 'at_most', 'between', 'empty', 'not_empty'] as const
export type FilterOperator = (typeof filterOperators)[number]

export const fieldSpec = z.object({
  key: z.string(),
  type: z.enum(fieldTypes),
  /** In the reader's language. */
  label: z.string(),
  placeholder: z.string().optional(),
  hint: z.string().optional(),
  required: z.boolean(),
  /** No two records of the kind may have the same. */
  unique: z.boolean(),
  /** The reader may change it; a field that may not even be read is not described at all. */
  writable: z.boolean(),
  default: fieldValue.optional(),
  /** Characters as people count them. */
  maxLength: z.int().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  /** Digits after the point, for number and amount. */
  decimals: z.int().optional(),
  /** How many pictures, options or people. */
  maxItems: z.int().optional(),
  /** For member, department and record: several. */
  multiple: z.boolean().optional(),
  options: z.array(fieldOption).optional(),
  /** For record: what it refers to; `within` names a field of this form whose record limits the choice (contacts of the customer). */
  target: z.object({ kind: recordKind, within: z.string().optional() }).optional(),
  /** For phone: exactly eleven digits, or free. For location: how deep the region goes. For number: a percentage. */
  format: z.enum(['mobile', 'free', 'province', 'city', 'district', 'detail', 'percent']).optional(),
  /** For location: the region is chosen from the table of `GET /api/crm/regions`; its code has to be one of them. */
  regions: z.boolean().optional(),
  /** Shown only while one of these values is chosen in that field. */
  shownWhen: z.array(z.object({ field: z.string(), values: z.array(z.string()) })).optional(),
  /** Stands in rows of the list, in this order of fields. */
  listed: z.boolean(),
  filters: z.array(z.enum(filterOperators)),
  sortable: z.boolean(),
  /** What the CRM itself calls an unsupported type. */
  rawType: z.string().optional(),
})
export type FieldSpec = z.infer<typeof fieldSpec>

export const formSpec = z.object({
  kind: recordKind,
  /** Changes when the form does. */
  revision: z.string(),
  /** In order; a divider begins a group and names it. */
  fields: z.array(fieldSpec),
  /** What lists can be asked besides: when a record was made, when a deal was closed. In no form and no record's values. */
  asked: z.array(fieldSpec),
})
export type FormSpec = z.infer<typeof formSpec>

export const formRoutes = defineRoutes({
  'GET /api/crm/forms/:kind': {
    summary: 'The form of a kind of record, in the reader\'s language and by the reader\'s rights',
    access: 'account',
    params: kindParams,
    response: formSpec,
    errors: ['crm_login_required'],
  },
  'GET /api/crm/forms/:kind/options/:field': {
    summary: 'What can be chosen in a member, department or record field, by keyword',
    access: 'account',
    params: kindParams.extend({ field: z.string().max(64) }),
    query: z.object({
      q: z.string().trim().max(100).optional(),
      /** The value of the field that limits the choice. */
      within: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    response: z.object({
      options: z.array(
        z.object({ id: z.string(), name: z.string(), /** Department, customer or the like, to tell namesakes apart. */ hint: z.string().nullable(), avatar: z.string().nullable() }),
      ),
    }),
    errors: ['crm_login_required', 'keyword_too_short'],
  },
  'GET /api/crm/regions': {
    summary: 'Provinces, cities and districts by their codes (GB/T 2260); a city lies in the province of its first two digits, a district in the city of its first four',
    access: 'account',
    response: z.object({ names: z.record(z.string(), z.string()) }),
  },
})

/** Kinds that people can filter, sort and see in a list of their own. */
export const listedKinds = mainKinds
