import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { writeFileSync } from 'node:fs'
import process from 'node:process'

/** What a suite came to; each name is followed by the first line of what was wrong. */
export interface SuiteReport {
  passed: number
  failed: string[]
  /** Passed, but only when tried again: never a failure, never silent. */
  triedAgain: string[]
}

function firstLine(errors: readonly { message?: string }[] | undefined): string {
  return errors?.[0]?.message?.split('\n')[0] ?? ''
}

function describe(test: TestCase): string {
  return `${test.module.relativeModuleId} > ${test.fullName}: ${firstLine(test.result().errors)}`
}

/** Writes a SuiteReport as JSON to the file that TEST_REPORT names (a reporter of Vitest, for `scripts/test.ts`). */
export default class SuiteReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly { message?: string }[]): void {
    const tests = modules.flatMap(module => [...module.children.allTests()])
    const passed = tests.filter(test => test.result().state === 'passed')
    // A file that breaks before its first test, or after its last, has no failed test of its own.
    const broken = modules.filter(module => !module.ok() && ![...module.children.allTests('failed')].length)
    const report: SuiteReport = {
      passed: passed.length,
      failed: [
        ...tests.filter(test => test.result().state === 'failed').map(describe),
        ...broken.map(module => `${module.relativeModuleId}: ${firstLine(module.errors())}`),
        ...errors.map(error => `outside of every test: ${firstLine([error])}`),
      ],
      triedAgain: passed.filter(test => test.diagnostic()?.flaky).map(describe),
    }
    writeFileSync(process.env.TEST_REPORT!, JSON.stringify(report))
  }
}
