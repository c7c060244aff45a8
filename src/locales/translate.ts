export type TextParams = Readonly<Record<string, string | number>>

/**
 * Fills `{name}` placeholders. A text with ` | ` has a form for one and a form for many, chosen
 * by `params.n` (English; Chinese has one form). Unknown placeholders stay visible.
 */
export function fill(text: string, params: TextParams = {}): string {
  const forms = text.split(' | ')
  const form = forms.length === 2 && params.n !== 1 ? forms[1] : forms[0]
  return (form ?? text).replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

/** The text at a dotted path, or undefined when there is none. */
export function lookUp(texts: unknown, path: string): string | undefined {
  const found = path.split('.').reduce<unknown>((node, key) => (isTree(node) ? node[key] : undefined), texts)
  return typeof found === 'string' ? found : undefined
}

function isTree(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null
}
