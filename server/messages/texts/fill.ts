const place = /\{\{\s*([a-z]+)\s*\}\}/gi

/** What stands where a value is missing: a sentence with a hole, not a broken one. */
export const missing = '—'

/** Names of the variables a template uses, each once. */
export function variablesIn(template: string): string[] {
  return [...new Set([...template.matchAll(place)].map(([, name]) => name!))]
}

/** Puts values into a template; values are never templates themselves. */
export function fill(template: string, values: Readonly<Record<string, string>>, prepare: (value: string, name: string) => string): string {
  return template.replaceAll(place, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? prepare(values[name]!, name) : ''
    return value === '' ? missing : value
  })
}
