export type Task = (signal: AbortSignal) => Promise<void>

export type AddTask<Lane extends string> = (lane: Lane, task: Task) => void

interface LaneState {
  running: number
  waiting: Task[]
}

/**
 * Runs tasks, at most `width` at a time in each lane; tasks may add tasks. One lane per API keeps every
 * limiter busy, so that the slowest API alone decides how long a crawl takes.
 * Rejects with the first failure, or with the signal's reason, after telling the other tasks to stop.
 */
export async function runLanes<Lane extends string>(width: number, signal: AbortSignal, begin: (add: AddTask<Lane>) => void): Promise<void> {
  signal.throwIfAborted()
  const stop = new AbortController()
  const combined = AbortSignal.any([signal, stop.signal])
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const lanes = new Map<Lane, LaneState>()
  let open = 0

  function fail(reason: unknown): void {
    stop.abort(reason)
    reject(reason)
  }

  async function run(lane: LaneState, task: Task): Promise<void> {
    lane.running++
    try {
      await task(combined)
    }
    catch (error) {
      fail(error)
    }
    lane.running--
    open--
    advance(lane)
    if (open === 0)
      resolve()
  }

  function advance(lane: LaneState): void {
    while (lane.running < width && !combined.aborted) {
      const task = lane.waiting.shift()
      if (!task)
        return
      void run(lane, task)
    }
  }

  const onAbort = () => fail(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    begin((name, task) => {
      const lane = lanes.get(name) ?? { running: 0, waiting: [] }
      lanes.set(name, lane)
      lane.waiting.push(task)
      open++
      advance(lane)
    })
    if (open === 0)
      resolve()
    await promise
  }
  finally {
    signal.removeEventListener('abort', onAbort)
  }
}
