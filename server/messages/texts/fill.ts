/** Whatever stands between the braces: a name nobody knows is refused or a hole, and never sent as it is. */
const place = /\{\{([^{}]*)\}\}/g

/** What stands where a value is missing: a sentence with a hole, not a broken one. */
export const missing = '—'

/** Names of the variables a template uses, each once, and what follows braces that have no end. */
export function variablesIn(template: string): string[] {
  const open = template.replaceAll(place, '').match(/\{\{[^{}\n]{0,20}/g) ?? []
  return [...new Set([...[...template.matchAll(place)].map(([, name]) => name!.trim()), ...open.map(text => text.slice(2).trim())])]
}

/** Puts values into a template; values are never templates themselves. */
export function fill(template: string, values: Readonly<Record<string, string>>, prepare: (value: string, name: string) => string): string {
  return template.replaceAll(place, (_, within: string) => {
    const name = within.trim()
    const value = Object.hasOwn(values, name) ? prepare(values[name]!, name) : ''
    return value === '' ? missing : value
  })
}
