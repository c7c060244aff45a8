import type { Report } from './report.ts'
import type { Scope } from './scope.ts'
import { cpus, loadavg } from 'node:os'
import process from 'node:process'
import { requireNode } from '../../scripts/require-node.ts'
import { crmBench } from './crm/index.ts'
import { sizeBench } from './first-screen.ts'
import { loginBench } from './login/index.ts'
import { notifyBench } from './notify/index.ts'
import { toJson, toTable, verdict } from './report.ts'
import { createScope } from './scope.ts'
import { serverBench } from './server/index.ts'
import { syncBench } from './sync/index.ts'

/**
 * `npm run bench [-- name … [--json]]`: measures and prints a table for each bench. Ends with exit code 1
 * when a target was missed. Times depend on what else the machine does; ratios much less.
 */
const benches: Record<string, (scope: Scope) => Promise<Report[]>> = { size: sizeBench, login: loginBench, server: serverBench, sync: syncBench, notify: notifyBench, crm: crmBench }

requireNode()
const names = process.argv.slice(2).filter(argument => argument !== '--json')
const unknown = names.filter(name => !(name in benches))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}: ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}

const json = process.argv.includes('--json')
const reports: Report[] = []
let current: Scope | undefined
let interrupted = false
process.once('SIGINT', () => {
  interrupted = true
  void (current?.close() ?? Promise.resolve()).then(() => process.exit(130))
})

if (!json)
  console.log(`Node ${process.versions.node}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)} before the start`)
for (const bench of (names.length > 0 ? names : Object.keys(benches)).map(name => benches[name]!)) {
  current = createScope()
  try {
    const done = await bench(current)
    reports.push(...done)
    if (!json)
      done.forEach(report => console.log(toTable(report)))
  }
  catch (error) {
    // What fails because its server was just stopped says nothing.
    if (!interrupted)
      throw error
    break
  }
  finally {
    await current.close()
  }
}
if (json)
  console.log(toJson(reports))
const missed = reports.flatMap(({ rows }) => rows).filter(row => verdict(row) === false)
if (!json) {
  console.log(
    missed.length === 0 ? '\nEvery target was met.' : `\n${missed.length} over: ${missed.map(({ what }) => what.replace(/^… /, '')).join('; ')}`,
  )
}
process.exitCode = missed.length > 0 ? 1 : 0
