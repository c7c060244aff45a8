/**
 * A view of an object by lower-cased keys: DingTalk spells the same field userId, UserId and userid, depending on
 * channel and age (dingtalk-server-api §7.1). The first non-null spelling wins.
 */
export function byLowerKey(object: Record<string, unknown>): Map<string, unknown> {
  const out = new Map<string, unknown>()
  for (const [key, value] of Object.entries(object)) {
    const lower = key.toLowerCase()
    if (value !== null && value !== undefined && !out.has(lower))
      out.set(lower, value)
  }
  return out
}

/** The value under the first of the names (lower case) that is there. */
export function firstOf(fields: Map<string, unknown>, ...names: string[]): unknown {
  const name = names.find(each => fields.has(each))
  return name && fields.get(name)
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON with sorted, lower-cased keys: the same text for the same content. */
export function canonical(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map(canonical).join(',')}]`
  if (!isRecord(value))
    return JSON.stringify(value) ?? 'null'
  const parts = [...byLowerKey(value)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
  return `{${parts.join(',')}}`
}
