import { regionNames } from './index.ts'

interface Place {
  /** The digits that all codes of what lies in it begin with. */
  digits: string
  path: string
}

let known: readonly Place[] | undefined

/** Every region with what it lies in, written without blanks: 浙江省杭州市西湖区. Outer ones first. */
function places(): readonly Place[] {
  known ??= Array.from(regionNames(), ([code]) => {
    const digits = code.replace(/(?:00){1,2}$/, '')
    const around = [2, 4, 6].filter(length => length <= digits.length).map(length => regionNames().get(digits.slice(0, length).padEnd(6, '0')) ?? '')
    return { digits, path: [...new Set(around)].join('') }
  })
  return known
}

/** A character alone (区, 县) names half of the country. */
const shortest = 2

/** The regions that a word names, by the digits their codes begin with; what lies in one of them is not named again. */
export function regionsMeant(word: string): string[] {
  if ([...word].length < shortest)
    return []
  const meant: string[] = []
  for (const { digits, path } of places()) {
    if (path.includes(word) && !meant.some(outer => digits.startsWith(outer)))
      meant.push(digits)
  }
  return meant
}
