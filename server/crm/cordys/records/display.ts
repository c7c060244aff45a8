import type { Locale } from '../../../http/locale.ts'
import type { CordysField } from '../forms/config.ts'
import type { RawDetail } from './raw.ts'
import { isNothing } from '../forms/write-value.ts'
import { storedValue } from './raw.ts'

const listSign = (locale: Locale) => (locale === 'zh-CN' ? '、' : ', ')

/** How the value of a field is shown that our forms do not know. */
export function displayOf(field: CordysField, detail: RawDetail, locale: Locale): string | undefined {
  const value = storedValue(field, detail)
  if (isNothing(value))
    return undefined
  const files = detail.attachmentMap[field.id]
  if (files && files.length > 0)
    return files.map(({ name }) => name ?? '').filter(Boolean).join(listSign(locale))
  const items = Array.isArray(value) ? value : [value]
  if (items.some(item => typeof item === 'object'))
    return locale === 'zh-CN' ? `${items.length} 行` : `${items.length} ${items.length === 1 ? 'row' : 'rows'}`
  if (field.type === 'PICTURE' || field.type === 'ATTACHMENT')
    return locale === 'zh-CN' ? `${items.length} 个文件` : `${items.length} ${items.length === 1 ? 'file' : 'files'}`
  const names = new Map(detail.optionMap[field.businessKey ?? field.id]?.map(({ id, name }) => [id, name]))
  const labels = new Map(field.options.map(({ value, label }) => [value, label]))
  return items.map(item => names.get(String(item)) ?? labels.get(String(item)) ?? String(item)).join(listSign(locale))
}
