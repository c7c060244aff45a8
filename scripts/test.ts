import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { ensureChromium } from './chromium.ts'

/**
 * `npm test`: types, lint, and every suite, each run to its end whatever the others do, then one line that
 * counts test cases. Types, lint and the build count only when they fail, as one failed case each.
 * `npm run test:long` runs only the long suite (soak, kill and chaos runs).
 */
const reports = mkdtempSync(join(tmpdir(), 'crm-test-'))
const counts = { passed: 0, failed: 0 }

function run(command: string, args: string[]): boolean {
  console.log(`\n› ${[command, ...args].join(' ')}`)
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0
}

function check(command: string, ...args: string[]): boolean {
  const ok = run(command, args)
  if (!ok)
    counts.failed++
  return ok
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string, assertionResults: unknown[] }[]
}

function suite(project: string): void {
  const file = join(reports, `${project}.json`)
  const ok = run('vitest', ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
    // A file that fails before its first test has no failed test of its own.
    const broken = report.testResults.filter(result => result.status === 'failed' && result.assertionResults.length === 0).length
    counts.passed += report.numPassedTests
    counts.failed += report.numFailedTests + broken
    if (!ok && report.numFailedTests + broken === 0)
      counts.failed++
  }
  catch {
    counts.failed++
  }
}

function count(project: string): number {
  const { stdout } = spawnSync('vitest', ['list', '--project', project, '--json'], { encoding: 'utf8', shell: process.platform === 'win32' })
  return (JSON.parse(stdout) as unknown[]).length
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
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`)
process.exitCode = counts.failed > 0 ? 1 : 0
