import type { AddressInfo } from 'node:net'
import type { Scope } from '../scope.ts'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import { build } from 'vite'
import { compress } from '../../../scripts/build/compress.ts'

export const greeting = 'Hello from bare Vue'

/** The least a Vue page can be, built and served here: what this machine's milliseconds are measured in. @returns its address */
export async function serveBareVue(scope: Scope): Promise<string> {
  const root = scope.directory()
  writeFileSync(
    join(root, 'index.html'),
    '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><div id="app"></div><script type="module" src="/main.js"></script>',
  )
  writeFileSync(
    join(root, 'main.js'),
    `import { createApp, h, ref } from 'vue'\ncreateApp({ setup() { const n = ref('${greeting}'); return () => h('p', n.value) } }).mount('#app')`,
  )
  const vue = fileURLToPath(import.meta.resolve('vue/dist/vue.runtime.esm-bundler.js'))
  const outDir = join(root, 'dist')
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { vue } },
    plugins: [compress()],
    build: { outDir, modulePreload: { polyfill: false } },
  })
  const serve = sirv(outDir, { brotli: true, gzip: true })
  const server = createServer((req, res) => serve(req, res))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  scope.defer(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
