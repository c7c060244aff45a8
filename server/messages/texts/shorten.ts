const words = new Intl.Segmenter('zh', { granularity: 'word' })
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

const ellipsis = '…'

/** What a piece of text takes of a limit. */
export type Cost = (piece: string) => number

/** Bytes inside a JSON string, escapes included: what DingTalk's 2,048 bytes are counted in (dingtalk-server-api §5.1). */
export const jsonBytes: Cost = piece => Buffer.byteLength(JSON.stringify(piece), 'utf8') - 2

/** UTF-16 units, for limits in characters: never more characters than these. */
export const units: Cost = piece => piece.length

/**
 * The text, or as much of it as fits with "…" behind it: whole words, and where a single word is too long whole
 * characters as people see them (an emoji family, an accent with its letter). Empty when not even "…" fits.
 */
export function shorten(text: string, limit: number, cost: Cost): string {
  const whole = text.toWellFormed()
  if (whole.length <= limit && cost(whole) <= limit)
    return whole
  const room = limit - cost(ellipsis)
  if (room < 0)
    return ''
  // Each unit costs at least one: what is behind cannot matter, and 100 kB need not be cut into words.
  const start = whole.slice(0, limit + 200)
  const kept = take(words, start, room, cost)
  // A word that fills more than half of what there is room for is cut rather than lost.
  const cut = cost(kept) * 2 >= room ? kept : take(graphemes, start, room, cost)
  return cut.trimEnd() + ellipsis
}

function take(segmenter: Intl.Segmenter, text: string, room: number, cost: Cost): string {
  let used = 0
  let end = 0
  for (const { segment, index } of segmenter.segment(text)) {
    used += cost(segment)
    if (used > room)
      break
    end = index + segment.length
  }
  return text.slice(0, end)
}
