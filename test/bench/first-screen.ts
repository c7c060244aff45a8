import type { Report } from './report.ts'
import type { Scope } from './scope.ts'
import { join } from 'node:path'
import { build } from 'vite'
import { browserBench } from './browser/index.ts'
import { count, kB } from './rows.ts'
import { measureSize, stylesheetsWithFonts } from './size.ts'

/** What the H5 weighs, computed from the files of a build made for it, and what a phone really loads of it. */
export async function sizeBench(scope: Scope): Promise<Report[]> {
  const dist = join(scope.directory(), 'dist')
  await build({ logLevel: 'error', build: { outDir: dist, emptyOutDir: true } })
  const sizes = measureSize(dist)
  const computed: Report = {
    bench: 'size',
    about: 'gzip (level 9) of a fresh production build',
    rows: [
      ...sizes.map(({ what, files, gzipBytes, budgetBytes }) =>
        kB(what, gzipBytes, { note: `${files} files`, ...(budgetBytes !== null && { atMost: budgetBytes }) }),
      ),
      count('stylesheets with an icon font', stylesheetsWithFonts(dist).length, { exactly: 0 }),
    ],
  }
  return [computed, ...(await browserBench(scope, dist))]
}
