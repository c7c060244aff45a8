import type { Report } from '../report.ts'
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { makePlan } from '../../../server/directory/sync/plan/index.ts'
import { defaultSettings } from '../../../server/directory/sync/settings/index.ts'
import { emptyServerDatabase, freshEmbedded, freshServer, serverReachable } from '../../support/database.ts'
import { count, megabytes, ms, ratio } from '../rows.ts'
import { changedBy1Percent, companySnapshot } from './company.ts'
import { writerOn } from './write.ts'

const written = { departments: 400, members: 20_000 }
const planned = { departments: 1000, members: 50_000 }
const large = { departments: 2000, members: 100_000 }

/** (c): planning against parsing, and a first run, a 1 % change and an undo on both engines; memory of a large company. */
export async function writingBench(): Promise<Report[]> {
  const server = await serverReachable()
  return [planning(), await writing(freshEmbedded), ...(server ? [await writing(freshServer), await memory()] : [])]
}

/** The best of several rounds: what else the machine does only ever adds. */
function planning(): Report {
  const snapshot = companySnapshot(planned.departments, planned.members)
  const text = JSON.stringify(snapshot)
  const nothing = () => ({ departments: [], accounts: [], unbound: [], memberships: new Map(), decisions: [] })
  const timed = (work: () => unknown) => {
    const start = performance.now()
    work()
    return performance.now() - start
  }
  const rounds = Array.from({ length: 9 }, () => ({
    parse: timed(() => JSON.parse(text)),
    plan: timed(() => makePlan(snapshot, nothing(), { people: new Map(), departments: new Map() }, { settings: defaultSettings, now: Date.now() })),
  }))
  const parse = Math.min(...rounds.map(round => round.parse))
  const plan = Math.min(...rounds.map(round => round.plan))
  return {
    bench: `sync, planning ${planned.members} members`,
    about: 'a first sync, in memory; best of nine rounds',
    rows: [ms('parsing the snapshot from JSON', parse), ms('planning it', plan), ratio('… ÷ parsing', plan / parse, { atMost: 2 })],
  }
}

/** Fresh databases, so that each has its first run; the best of them counts, as above. */
const rounds = 3

async function writing(open: typeof freshServer | typeof freshEmbedded): Promise<Report> {
  const snapshot = companySnapshot(written.departments, written.members)
  const { snapshot: next, gone } = changedBy1Percent(snapshot)
  const measured: Array<Record<'first' | 'change' | 'again', { took: number, applying: number }>> = []
  let undo = Number.NaN
  let engine = ''
  for (let round = 1; round <= rounds; round++) {
    const database = await open()
    engine = database.engine
    try {
      const writer = writerOn(database)
      const first = await writer.apply(snapshot)
      measured.push({ first, change: await writer.apply(next, gone), again: await writer.apply(next) })
      if (round === rounds)
        undo = await writer.undo(first.runId)
    }
    finally {
      await database.close()
    }
  }
  const best = (what: 'first' | 'change' | 'again', part: 'took' | 'applying' = 'took') => Math.min(...measured.map(round => round[what][part]))
  return {
    bench: `sync, plan and apply, ${written.members} members`,
    about: `${engine === 'embedded' ? 'embedded Postgres' : 'a Postgres server'}; best of ${rounds} fresh databases`,
    rows: [
      ms('first run, planning and applying', best('first')),
      ms('of it, applying', best('first', 'applying')),
      ms('a 1 % change, planning and applying', best('change')),
      ms('of it, applying', best('change', 'applying')),
      ratio('applying it ÷ applying the first run', best('change', 'applying') / best('first', 'applying'), { atMost: 0.1 }),
      ratio('all of it ÷ all of the first run', best('change') / best('first'), { atMost: 0.1, note: 'reading what we hold and comparing it is most of a small change' }),
      ms('nothing to do', best('again')),
      ms('taking the first run back', undo),
    ],
  }
}

async function memory(): Promise<Report> {
  const { url, drop } = await emptyServerDatabase()
  try {
    const child = fileURLToPath(new URL('memory-child.ts', import.meta.url))
    const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', child, url, String(large.departments), String(large.members)], { encoding: 'utf8' })
    if (!stdout)
      throw new Error(stderr)
    const { first, change, undo } = JSON.parse(stdout) as Record<'first' | 'change' | 'undo', number>
    return {
      bench: `sync, memory of ${large.members} members`,
      about: 'a Postgres server; planning and writing in a process of its own, at most above idle, the snapshot included',
      rows: [
        count('departments', large.departments),
        megabytes('first run', first, { atMost: 300e6 }),
        megabytes('a 1 % change', change, { atMost: 300e6 }),
        megabytes('taking the first run back', undo, { atMost: 300e6 }),
      ],
    }
  }
  finally {
    await drop()
  }
}
