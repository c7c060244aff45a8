import type { World } from '../world.ts'
import type { FieldConfig, FormConfig, Values } from './types.ts'

type OptionMap = Record<string, { id: string, name: string }[]>

/** Custom values as answers carry them. */
export const moduleFields = (values: Values) => [...values.custom].map(([fieldId, fieldValue]) => ({ fieldId, fieldValue }))

function nameOf(world: World, field: FieldConfig, id: string): string | undefined {
  if (field.type.startsWith('MEMBER'))
    return world.users.get(id)?.name
  if (field.type.startsWith('DEPARTMENT'))
    return world.departments.get(id)?.name
  if (!field.type.startsWith('DATA_SOURCE'))
    return undefined
  switch (field.dataSourceType) {
    case 'CUSTOMER':
      return world.customers.get(id)?.values.business.name as string | undefined
    case 'CONTACT':
      return world.contacts.get(id)?.values.business.name as string | undefined
    default:
      return undefined
  }
}

/** The names of all ids in these records, by business key or field id (cordys-api §1.6). */
export function optionMap(world: World, form: FormConfig, records: Values[]): OptionMap {
  const map: OptionMap = {}
  for (const field of form.fields) {
    const key = field.businessKey ?? field.id
    const ids = records.flatMap(({ business, custom }) => (field.businessKey === null ? custom.get(field.id) : business[field.businessKey]) ?? [])
    const named = [...new Set(ids.map(String))].flatMap((id) => {
      const name = nameOf(world, field, id)
      return name === undefined ? [] : [{ id, name }]
    })
    if (named.length > 0)
      map[key] = named
  }
  return map
}

/** Files by field; every picture and attachment of the record. */
export function attachmentMap(form: FormConfig, values: Values): Record<string, object[]> {
  const map: Record<string, object[]> = {}
  for (const field of form.fields.filter(({ type }) => type === 'PICTURE' || type === 'ATTACHMENT')) {
    const ids = values.custom.get(field.id)
    if (Array.isArray(ids))
      map[field.id] = ids.map(id => ({ id, name: `${id}.jpg`, type: 'image/jpeg', size: 1024, storage: 'LOCAL', resourceId: null, organizationId: '100001' }))
  }
  return map
}
