import { textFor } from '../../../../locales/index.ts'

/** A field's name in words, one for each level it lies below; what nobody has words for says what it is itself. */
export function fieldWords(path: readonly string[]): string {
  return path.map(name => textFor(`people.audit.fields.${name}`) ?? textFor(`messages.kinds.${name}`) ?? name).join(' › ')
}

/** A value in words; null where there is none. `full` writes a moment. */
export function valueWords(value: unknown, full: (at: string) => string): string | null {
  if (value === undefined || value === null || value === '')
    return null
  if (typeof value === 'boolean')
    return textFor(`people.audit.values.${value ? 'yes' : 'no'}`) ?? String(value)
  if (Array.isArray(value)) {
    const words = value.map(each => valueWords(each, full)).filter(each => each !== null)
    return words.length > 0 ? words.join('、') : null
  }
  if (typeof value === 'object') {
    const parts = Object.entries(value).flatMap(([name, inner]) => {
      const words = valueWords(inner, full)
      return words === null ? [] : [`${fieldWords([name])} ${words}`]
    })
    return parts.length > 0 ? parts.join('，') : null
  }
  const text = String(value)
  // An id says nothing to people; who or what it was stands beside it by name.
  if (/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/.test(text))
    return null
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text))
    return full(text)
  return textFor(`people.audit.values.${text}`) ?? text
}
