import type { Row } from './report.ts'

type Limit = { atMost: number } | { atLeast: number } | { exactly: number }
type Extra = { note?: string } & (Limit | object)

function row(what: string, value: number, show: (value: number) => string, { note, ...limit }: Extra): Row {
  const target
    = 'atMost' in limit
      ? { atMost: limit.atMost, text: `≤ ${show(limit.atMost)}` }
      : 'atLeast' in limit
        ? { atLeast: limit.atLeast, text: `≥ ${show(limit.atLeast)}` }
        : 'exactly' in limit
          ? { exactly: limit.exactly, text: show(limit.exactly) }
          : undefined
  return { what, value, text: show(value), ...(target && { target }), ...(note && { note }) }
}

/** Whole things. */
export const count = (what: string, value: number, extra: Extra = {}): Row => row(what, value, String, extra)

/** Milliseconds, tenths below ten. */
export function ms(what: string, value: number, extra: Extra = {}): Row {
  return row(what, value, value => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`, extra)
}

/** Given in milliseconds, shown in seconds. */
export const seconds = (what: string, value: number, extra: Extra = {}): Row => row(what, value, value => `${(value / 1000).toFixed(1)} s`, extra)

/** How many times of something else. */
export const ratio = (what: string, value: number, extra: Extra = {}): Row => row(what, value, value => value.toFixed(2), extra)

/** Given in bytes, shown in kB of 1,000. */
export const kB = (what: string, value: number, extra: Extra = {}): Row => row(what, value, value => `${(value / 1000).toFixed(1)} kB`, extra)

/** Given in bytes, shown in MB of 1,000,000. */
export const megabytes = (what: string, value: number, extra: Extra = {}): Row => row(what, value, value => `${(value / 1e6).toFixed(0)} MB`, extra)
