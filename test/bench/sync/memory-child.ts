import process from 'node:process'
import { openDatabase } from '../../../server/db/index.ts'
import { forgetPeak, memoryOf } from '../memory.ts'
import { changedBy1Percent, companySnapshot } from './company.ts'
import { writerOn } from './write.ts'

/*
 * A process of its own whose memory is measured: `memory-child.ts DATABASE_URL DEPARTMENTS MEMBERS`. Prints bytes above
 * idle, with the database open, as JSON: of a first run, a 1 % change and the first one's undo.
 */
const [url = '', departments = '', members = ''] = process.argv.slice(2)
const database = await openDatabase({ dataDir: '', databaseUrl: url })
const writer = writerOn(database)
await writer.apply(companySnapshot(3, 30))
globalThis.gc?.()
const idle = memoryOf(process.pid).now

async function peakOf(work: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.()
  forgetPeak(process.pid)
  await work()
  return memoryOf(process.pid).peak - idle
}

let runId = ''
const first = await peakOf(async () => (runId = (await writer.apply(companySnapshot(Number(departments), Number(members)))).runId))
const undo = await peakOf(() => writer.undo(runId))
await writer.apply(companySnapshot(Number(departments), Number(members)))
const change = await peakOf(async () => {
  const { snapshot, gone } = changedBy1Percent(companySnapshot(Number(departments), Number(members)))
  await writer.apply(snapshot, gone)
})
console.log(JSON.stringify({ idle, first, change, undo }))
await database.close()
