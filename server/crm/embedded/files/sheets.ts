import { Worker } from 'node:worker_threads'
import { AppError } from '../../../http/app-error.ts'
import { unpackedSize } from './zip-size.ts'

export type Cell = string | number | boolean | Date | null

/** The first visible sheet of a workbook; positions count from 0. */
export interface Sheet {
  rows: Cell[][]
  /** Rows with a part of a merged area, and rows with computed cells. */
  merged: number[]
  formulas: number[]
  /** It has more rows than anybody imports; then none of them are here. */
  tooLong: boolean
}

export interface SheetToWrite {
  name: string
  header: string[]
  rows: Cell[][]
  /** Columns with a list to choose from. */
  choices?: Array<{ column: number, values: string[] }>
}

export type SheetJob = { what: 'read', bytes: Uint8Array, mostRows: number } | { what: 'write', sheets: SheetToWrite[] }

/** A sheet of 50,000 rows with twenty columns unpacks to some 60 MB. */
const mostUnpacked = 300_000_000
const patience = 120_000

/**
 * Reads an .xlsx.
 * @throws {AppError} import_unreadable for anything else, and for one that unpacks to more than anybody types
 */
export async function readSheet(bytes: Uint8Array, mostRows: number, signal?: AbortSignal): Promise<Sheet> {
  const size = unpackedSize(bytes)
  if (size === undefined || size > mostUnpacked)
    throw new AppError('import_unreadable')
  return inWorker<Sheet>({ what: 'read', bytes, mostRows }, signal).catch((cause: unknown) => {
    throw new AppError('import_unreadable', { cause })
  })
}

export function writeSheets(sheets: SheetToWrite[]): Promise<Uint8Array> {
  return inWorker<Uint8Array>({ what: 'write', sheets })
}

/** The worker's memory is limited: a file that lies about its size ends the worker, not the server. */
function inWorker<T>(job: SheetJob, signal?: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const worker = new Worker(new URL('./sheet-worker.ts', import.meta.url), { workerData: job, resourceLimits: { maxOldGenerationSizeMb: 1024 }, execArgv: [] })
    const stop = () => void worker.terminate()
    const timer = setTimeout(stop, patience)
    signal?.addEventListener('abort', stop, { once: true })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      // After a message this changes nothing any more.
      reject(new Error('the worker ended without an answer'))
    })
  })
}
