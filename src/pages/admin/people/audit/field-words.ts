import { listWords, textFor } from '../../../../locales/index.ts'

/** A field's name in words, one for each level it lies below; what nobody has words for says what it is itself. */
export function fieldWords(path: readonly string[]): string {
  return path.map(name => textFor(`people.audit.fields.${name}`) ?? textFor(`messages.kinds.${name}`) ?? name).join(' › ')
}

/** A value in words; null where there is none. `path` is the field it stands in, `full` writes a moment. */
export function valueWords(path: readonly string[], value: unknown, full: (at: string) => string): string | null {
  if (value === undefined || value === null || value === '')
    return null
  if (typeof value === 'boolean')
    return textFor(`people.audit.values.${value ? 'yes' : 'no'}`) ?? String(value)
  if (Array.isArray(value))
    return listed(value.map(each => valueWords(path, each, full)))
  if (typeof value === 'object') {
    return listed(Object.entries(value).map(([name, inner]) => {
      const words = valueWords([...path, name], inner, full)
      return words === null ? null : `${fieldWords([name])} ${words}`
    }))
  }
  const text = String(value)
  // An id says nothing to people; who or what it was stands beside it by name.
  if (/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/.test(text))
    return null
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text))
    return full(text)
  return choiceWords(path, text) ?? text
}

function listed(words: readonly (string | null)[]): string | null {
  const told = words.filter(each => each !== null)
  return told.length > 0 ? listWords(told) : null
}

/** A word of ours in the reader's language; the same word means another thing in another field. */
function choiceWords(path: readonly string[], value: string): string | undefined {
  const name = path.at(-1)
  const own = textFor(`people.audit.valuesOf.${name}.${value}`)
  if (own !== undefined)
    return own
  // Who decides a field is said below the field's own name.
  if (path.at(-2) === 'fields')
    return textFor(`people.audit.valuesOf.fields.${value}`)
  return name === 'kind' || name === 'kinds' ? textFor(`crm.one.${value}`) ?? textFor(`messages.kinds.${value}`) : undefined
}
