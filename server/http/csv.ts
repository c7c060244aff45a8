import type { Response } from 'express'
import { once } from 'node:events'

/** One line of CSV. A cell that a spreadsheet would run as a formula is made text by a leading apostrophe (OWASP, CSV injection). */
export function csvLine(cells: string[]): string {
  return `${cells.map(cell => `"${(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(',')}\r\n`
}

/** Answers with a CSV file, a batch at a time: a large one never stands in memory as a whole. */
export async function sendCsv(res: Response, name: string, header: string[], batches: AsyncIterable<string[][]>): Promise<void> {
  res.status(200).set({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}"` })
  // Excel takes a file for UTF-8 only when it begins with a byte order mark.
  res.write(`\uFEFF${csvLine(header)}`)
  for await (const rows of batches) {
    if (res.destroyed)
      return
    // Whoever reads slowly must not fill our memory.
    if (!res.write(rows.map(csvLine).join('')) && !res.destroyed)
      await Promise.race([once(res, 'drain'), once(res, 'close')])
  }
  res.end()
}
