export interface Side {
  field: string
  before: string | null
  after: string | null
}

/** What an entry changed, field by field, where it tells both sides; the rest of its details stands alone. */
export function sidesOf(detail: Record<string, unknown>): Side[] {
  const { before, after, ...rest } = detail
  const both = isFields(before) && isFields(after)
    ? [...new Set([...Object.keys(before), ...Object.keys(after)])]
        .map(field => ({ field, before: words(before[field]), after: words(after[field]) }))
        .filter(side => side.before !== side.after)
    : before !== undefined || after !== undefined
      ? [{ field: '', before: words(before), after: words(after) }]
      : []
  return [...both, ...Object.entries(rest).map(([field, value]) => ({ field, before: null, after: words(value) }))]
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function words(value: unknown): string | null {
  if (value === undefined || value === null)
    return null
  if (Array.isArray(value) && value.every(each => typeof each !== 'object'))
    return value.join('、')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
