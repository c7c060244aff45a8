/** Two days of a filter, the last one included, as moments in the reader's time zone. */
export function dayRange(from: string, to: string): { from?: string, to?: string } {
  return { ...start(from, 0, 'from'), ...start(to, 1, 'to') }
}

function start(day: string, plus: number, name: 'from' | 'to'): { from?: string, to?: string } {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  return year ? { [name]: new Date(Number(year), Number(month) - 1, Number(date) + plus).toISOString() } : {}
}
