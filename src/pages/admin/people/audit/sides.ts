import type { AuditEntry } from '#contract/people/audit.ts'
import { fieldWords, valueWords } from './field-words.ts'

export interface Side {
  /** The field in the reader's language; empty for an entry that is one value as a whole. */
  field: string
  before: string | null
  after: string | null
}

/** What the two sides of an entry are that are one value as a whole. */
const wholes: Readonly<Record<string, string>> = { 'sync.events.update': 'channel' }

/** What an entry changed, field by field, where it tells both sides; the rest of its details stands alone. `full` writes a moment. */
export function sidesOf({ action, detail }: Pick<AuditEntry, 'action' | 'detail'>, full: (at: string) => string): Side[] {
  const whole = wholes[action]
  const { before, after, ...rest } = detail
  const told = before !== undefined || after !== undefined
  return [
    ...(told ? compare(whole ? [whole] : [], before, after, full) : []),
    // A request that left no entry of its own tells what it came with.
    ...Object.entries(rest).flatMap(([name, value]) => (['params', 'query', 'body'].includes(name) && isFields(value) ? Object.entries(value) : [[name, value] as const]).map(([field, inner]) => ({
      field: fieldWords([field]),
      before: null,
      after: valueWords([field], inner, full),
    }))),
  ].filter(side => side.before !== null || side.after !== null)
}

/** Down to where something differs, so that a change of one rule does not show all of them. */
function compare(path: readonly string[], before: unknown, after: unknown, full: (at: string) => string): Side[] {
  if (isFields(before) && isFields(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(name => compare([...path, name], before[name], after[name], full))
  const [was, is] = [valueWords(path, before, full), valueWords(path, after, full)]
  return was === is ? [] : [{ field: fieldWords(path), before: was, after: is }]
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
