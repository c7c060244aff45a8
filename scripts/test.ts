import type { SuiteReport } from './test-report.ts'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { ensureChromium } from './chromium.ts'

/**
 * `npm test`: types, lint, and every suite, each run to its end whatever the others do, then what failed by name
 * and one line that counts test cases. Types, lint and the build count only when they fail, as one failed case each.
 * `npm run test:long` runs only the long suite (soak, kill and chaos runs).
 */
const reports = mkdtempSync(join(tmpdir(), 'crm-test-'))
const shell = process.platform === 'win32'
const failed: string[] = []
const triedAgain: string[] = []
let passed = 0

function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}): boolean {
  const told = [command, ...args].join(' ')
  console.log(`\n› ${told}`)
  const started = performance.now()
  const ok = spawnSync(command, args, { stdio: 'inherit', shell, env: { ...process.env, ...env } }).status === 0
  console.log(`‹ ${told}: ${ok ? 'ok' : 'failed'} after ${Math.round((performance.now() - started) / 1000)} s`)
  return ok
}

function check(command: string, ...args: string[]): boolean {
  const ok = run(command, args)
  if (!ok)
    failed.push(command)
  return ok
}

function suite(project: string): void {
  const file = join(reports, `${project}.json`)
  const ok = run('vitest', ['run', '--project', project, '--reporter=default', '--reporter=./scripts/test-report.ts'], { TEST_REPORT: file })
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as SuiteReport
    passed += report.passed
    failed.push(...report.failed)
    triedAgain.push(...report.triedAgain)
    if (!ok && report.failed.length === 0)
      failed.push(`${project}: vitest failed`)
  }
  catch {
    failed.push(`${project}: no report`)
  }
}

function count(project: string): number {
  const { stdout } = spawnSync('vitest', ['list', '--project', project, '--json'], { encoding: 'utf8', shell })
  return (JSON.parse(stdout) as unknown[]).length
}

function list(title: string, names: string[]): void {
  if (names.length > 0)
    console.log(`\n${title}\n${names.map(name => `  ${name}`).join('\n')}`)
}

let skipped = ''
if (process.argv.includes('--long')) {
  suite('long')
}
else {
  check('vue-tsc', '--noEmit')
  check('eslint', '.', '--max-warnings', '0')
  suite('unit')
  suite('integration')
  const browser = ensureChromium()
  if (!browser)
    skipped = `, ${count('e2e')} skipped (no browser)`
  else if (check('vite', 'build'))
    suite('e2e')
}

rmSync(reports, { recursive: true })
if (skipped)
  console.log('\nThe browser tests need Chrome or Chromium: install one (Debian: apt-get install chromium fonts-noto-cjk) or set CHROME_PATH.')
list('Passed only when tried again:', triedAgain)
list('Failed:', failed)
console.log(`\n${passed} passed, ${failed.length} failed${skipped}`)
process.exitCode = failed.length > 0 ? 1 : 0
