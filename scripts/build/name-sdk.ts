import type { Plugin } from 'vite'

/**
 * Tells index.html's inline script where the DingTalk SDK's chunk is (`<meta name="sdk">`), so that it
 * can be fetched as soon as a login is known to be needed, not after the bundle has run.
 * @param module the SDK's module below the project root, "src/container/sdk.ts"
 */
export function nameSdk(module: string): Plugin {
  return {
    name: 'name-sdk',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const sdk = Object.values(bundle ?? {}).find(file => file.type === 'chunk' && file.facadeModuleId?.endsWith(module))
        if (!sdk)
          throw new Error(`name-sdk: ${module} has no chunk of its own`)
        return [{ tag: 'meta', attrs: { name: 'sdk', content: `./${sdk.fileName}` }, injectTo: 'head' }]
      },
    },
  }
}
