import autocannon from 'autocannon'

export interface Load {
  /** Answered per second. */
  rate: number
  /** Milliseconds. */
  p50: number
  p99: number
  /** Microseconds of the server's CPU for one request. */
  cpuMicros: number
  /** Answers that were not 2xx, and connections that failed. */
  failures: number
}

export interface Shot {
  url: string
  method: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
}

const connections = 50

/** Fifty connections for so many seconds; `cpuSeconds` tells what the server's process has used so far. */
export async function load(shot: Shot, seconds: number, cpuSeconds: () => Promise<number>): Promise<Load> {
  const before = await cpuSeconds()
  const result = await autocannon({ ...shot, connections, duration: seconds })
  const used = (await cpuSeconds()) - before
  return {
    rate: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpuMicros: (used / result.requests.total) * 1e6,
    failures: result.non2xx + result.errors,
  }
}
