import type { Clock } from './clock.ts'

/** Longer waits do not fit into a timer of the machine; the alarm is then set again. */
const MAX_TIMER = 2 ** 31 - 1

interface Alarm {
  due: number
  run: () => void
  timer: NodeJS.Timeout | undefined
}

/** Things to be done at a sandbox time: they happen as time passes, and at once when the clock is moved past them. */
export interface Alarms {
  /** Runs `run` once, `ms` from now on the sandbox clock; returns the cancel function. */
  after: (ms: number, run: () => void) => () => void
  /** Cancels everything, for good. */
  close: () => void
}

/** Creates the alarms of one clock; they never keep the process alive. */
export function createAlarms(clock: Clock): Alarms {
  const alarms = new Set<Alarm>()
  let closed = false

  function disarm(alarm: Alarm): void {
    clearTimeout(alarm.timer)
    alarms.delete(alarm)
  }
  function arm(alarm: Alarm): void {
    clearTimeout(alarm.timer)
    alarm.timer = setTimeout(ring, Math.min(MAX_TIMER, Math.max(0, alarm.due - clock.now())), alarm).unref()
  }
  function ring(alarm: Alarm): void {
    // The machine's timers may be a millisecond early.
    if (alarm.due - clock.now() > 1) {
      arm(alarm)
      return
    }
    disarm(alarm)
    alarm.run()
  }
  const unsubscribe = clock.onMoved(() => {
    for (const alarm of [...alarms].sort((a, b) => a.due - b.due)) arm(alarm)
  })
  return {
    after(ms, run) {
      const alarm: Alarm = { due: clock.now() + ms, run, timer: undefined }
      if (!closed) {
        alarms.add(alarm)
        arm(alarm)
      }
      return () => disarm(alarm)
    },
    close() {
      closed = true
      unsubscribe()
      alarms.forEach(disarm)
    },
  }
}
