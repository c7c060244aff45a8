import type { CellValue } from 'hucre/xlsx'
import type { Sheet, SheetJob } from './sheets.ts'
import { parentPort, workerData } from 'node:worker_threads'
import { readXlsx, writeXlsx } from 'hucre/xlsx'

/** Reads or writes one workbook away from the event loop; fifty thousand rows take seconds. */
const job = workerData as SheetJob
parentPort!.postMessage(job.what === 'read' ? await read(job) : await write(job))

async function read({ bytes, mostRows }: Extract<SheetJob, { what: 'read' }>): Promise<Sheet> {
  const workbook = await readXlsx(bytes, { sheets: ({ hidden, veryHidden }) => !hidden && !veryHidden })
  const sheet = workbook.sheets[0]
  // One whose value was never computed is blank.
  const formulas = [...(sheet?.cells ?? [])].flatMap(([at, cell]) => (cell.formula === undefined ? [] : [Number(at.split(',', 1)[0])]))
  // Templates are often formatted far beyond what was typed into them.
  const rows = (sheet?.rows ?? []).map(row => row.map(plain))
  const last = rows.findLastIndex(row => row.some(cell => cell !== null && cell !== ''))
  const filled = rows.slice(0, formulas.reduce((most, row) => Math.max(most, row), last) + 1)
  if (filled.filter((row, at) => at > 0 && row.some(cell => cell !== null && cell !== '')).length > mostRows)
    return { rows: [], merged: [], formulas: [], tooLong: true }
  return { rows: filled, merged: rowsOfAreas(sheet?.merges ?? [], filled.length), formulas: [...new Set(formulas)], tooLong: false }
}

/** Each row that any of the areas touches, however many areas there are. */
function rowsOfAreas(areas: Array<{ startRow: number, endRow: number }>, rows: number): number[] {
  const begun = new Int32Array(rows + 1)
  for (const { startRow, endRow } of areas) {
    if (startRow < rows) {
      begun[startRow]! += 1
      begun[Math.min(endRow + 1, rows)]! -= 1
    }
  }
  const touched: number[] = []
  for (let row = 0, open = 0; row < rows; row++) {
    open += begun[row]!
    if (open > 0)
      touched.push(row)
  }
  return touched
}

function plain(value: CellValue): string | number | boolean | Date | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value instanceof Date ? value : null
}

function write({ sheets }: Extract<SheetJob, { what: 'write' }>): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(({ name, header, rows, choices = [] }) => ({
      name,
      columns: header.map(title => ({ width: Math.min(40, Math.max(12, 2 * title.length + 4)) })),
      rows: [header, ...rows],
      freezePane: { rows: 1 },
      ...(choices.length > 0 && {
        dataValidations: choices.map(({ column, values }) => ({
          type: 'list' as const,
          range: `${letters(column)}2:${letters(column)}50001`,
          values,
          allowBlank: true,
        })),
      }),
    })),
  })
}

/** 0 → A, 26 → AA. */
function letters(column: number): string {
  return (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))
}
