import { readFileSync, writeFileSync } from 'node:fs'

/** Bytes of memory a process holds now, and the most it has held since `forgetPeak`; NaN where the system does not say. */
export function memoryOf(pid: number): { now: number, peak: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) * 1024
    return { now: bytes('VmRSS'), peak: bytes('VmHWM') }
  }
  catch {
    return { now: Number.NaN, peak: Number.NaN }
  }
}

/** Begins a new peak, where the system allows it. */
export function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  }
  catch {
    // The peak then covers the process's whole life, which is no better for us.
  }
}
