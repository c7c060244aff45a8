/** ISO in UTC → the value of `<input type="datetime-local">` in the reader's time zone. */
export function toLocalInput(iso: string | null): string {
  if (!iso)
    return ''
  const at = new Date(iso)
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The way back; null for an empty or incomplete value. */
export function fromLocalInput(value: string): string | null {
  const at = new Date(value)
  return value === '' || Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** A moment `days` from today at a full hour, in the reader's time zone. */
export function dayAt(days: number, hour: number, now = new Date()): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour).toISOString()
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
