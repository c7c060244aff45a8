import { readFileSync } from 'node:fs'

let names: ReadonlyMap<string, string> | undefined

/** China's provinces, cities and districts: their names by code, outer ones before what is in them. Read when first asked for. */
export function regionNames(): ReadonlyMap<string, string> {
  names ??= new Map(
    readFileSync(new URL('regions.txt', import.meta.url), 'utf8')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
      .flatMap(line => line.split('|'))
      .map(region => [region.slice(0, 6), region.slice(7)] as const),
  )
  return names
}

/** A region with what it lies in: 浙江省 杭州市 西湖区; empty for a code that is none. */
export function regionPath(code: string): string {
  const all = regionNames()
  const path = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code].flatMap(each => all.get(each) ?? [])
  return all.has(code) ? [...new Set(path)].join(' ') : ''
}
