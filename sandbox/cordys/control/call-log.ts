/** One call as this Cordys saw it; bodies of logins are left out. */
export interface LoggedCall {
  seq: number
  at: number
  method: string
  path: string
  /** The HTTP status; 0 when the connection was cut. */
  status: number
  /** Who was logged in. */
  userId: string | null
  userAgent: string
  body: unknown
  /** What the fake did instead of answering. */
  fault: string | null
}

const kept = 2000

/** The newest 2,000 calls. */
export function createCallLog() {
  let calls: LoggedCall[] = []
  let seq = 0
  return {
    record(call: Omit<LoggedCall, 'seq'>): void {
      calls.push({ seq: ++seq, ...call })
      if (calls.length > kept)
        calls = calls.slice(-kept)
    },
    list: (path?: string) => calls.filter(call => path === undefined || call.path === path),
    clear: () => {
      calls = []
    },
  }
}

export type CallLog = ReturnType<typeof createCallLog>
