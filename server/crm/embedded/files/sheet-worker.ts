import type { CellValue } from 'hucre/xlsx'
import type { Sheet, SheetJob } from './sheets.ts'
import { parentPort, workerData } from 'node:worker_threads'
import { readXlsx, writeXlsx } from 'hucre/xlsx'

/** Reads or writes one workbook away from the event loop; fifty thousand rows take seconds. */
const job = workerData as SheetJob
parentPort!.postMessage(job.what === 'read' ? await read(job.bytes) : await write(job))

async function read(bytes: Uint8Array): Promise<Sheet> {
  const workbook = await readXlsx(bytes, { sheets: ({ hidden, veryHidden }) => !hidden && !veryHidden })
  const sheet = workbook.sheets[0]
  const formulas = [...(sheet?.cells ?? [])].flatMap(([at, cell]) => (cell.formula === undefined ? [] : [at.split(',').map(Number) as [number, number]]))
  return {
    rows: (sheet?.rows ?? []).map(row => row.map(plain)),
    merged: (sheet?.merges ?? []).map(({ startRow, startCol }) => [startRow, startCol]),
    formulas,
  }
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
