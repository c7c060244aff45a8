/** One call as the sandbox saw it; `params` never hold secrets or tokens. */
export interface LoggedCall {
  seq: number
  /** Sandbox time, milliseconds. */
  at: number
  method: string
  path: string
  /** The API, path parameters unnamed: `/v1.0/contact/users/:unionId`. */
  api: string
  ip: string
  status: number
  /** `0`, `60121`, `88/90018`, `200`, an error code of the new family, or `fault:<kind>`. */
  outcome: string
  /** How long the sandbox took, milliseconds. */
  tookMs: number
  params: Record<string, unknown>
}

export interface ApiCounts {
  count: number
  /** Most calls within any second, refused ones included. */
  maxPerSecond: number
  outcomes: Record<string, number>
}

interface Counter extends ApiCounts {
  /** Times of the last second, oldest first from `head`. */
  recent: number[]
  head: number
}

const KEPT = 5000
const SECRET = /secret|token|^access_token$/i

function masked(params: Record<string, unknown>): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(params)) {
    if (!SECRET.test(name))
      shown[name] = value
  }
  return shown
}

/** Remembers the last 5,000 calls, and counts and peak rates per API without limit. */
export interface CallLog {
  record: (call: Omit<LoggedCall, 'seq'>) => void
  /** Newest last. */
  calls: () => LoggedCall[]
  counts: () => Record<string, ApiCounts>
  clear: () => void
}

function countRate(counter: Counter, now: number): void {
  counter.recent.push(now)
  while (now - (counter.recent[counter.head] ?? now) >= 1000) counter.head++
  counter.maxPerSecond = Math.max(counter.maxPerSecond, counter.recent.length - counter.head)
  if (counter.head > 1000) {
    counter.recent = counter.recent.slice(counter.head)
    counter.head = 0
  }
}

export function createCallLog(): CallLog {
  let ring: LoggedCall[] = []
  let seq = 0
  let counters = new Map<string, Counter>()
  return {
    record(call) {
      seq++
      ring[(seq - 1) % KEPT] = { seq, ...call, params: masked(call.params) }
      let counter = counters.get(call.api)
      if (counter === undefined) {
        counter = { count: 0, maxPerSecond: 0, outcomes: {}, recent: [], head: 0 }
        counters.set(call.api, counter)
      }
      counter.count++
      counter.outcomes[call.outcome] = (counter.outcomes[call.outcome] ?? 0) + 1
      countRate(counter, performance.now())
    },
    calls: () => [...ring].sort((a, b) => a.seq - b.seq),
    counts: () => Object.fromEntries([...counters].map(([api, { count, maxPerSecond, outcomes }]) => [api, { count, maxPerSecond, outcomes }])),
    clear() {
      ring = []
      seq = 0
      counters = new Map()
    },
  }
}
