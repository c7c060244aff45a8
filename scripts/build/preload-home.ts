import type { Plugin } from 'vite'

/**
 * Lets the browser fetch the home page's chunk and CSS together with the entry instead of after it.
 * @param folder the page's folder below the project root, "src/pages/workbench/"
 */
export function preloadHome(folder: string): Plugin {
  return {
    name: 'preload-home',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const home = Object.values(bundle ?? {}).filter(file => file.type === 'chunk').find(chunk => chunk.isDynamicEntry && chunk.facadeModuleId?.includes(folder))
        if (!home)
          return []
        const styles = home.viteMetadata?.importedCss ?? new Set()
        return [
          link('modulepreload', home.fileName),
          ...[...styles].map(file => link('preload', file, 'style')),
        ]
      },
    },
  }
}

function link(rel: string, file: string, as?: string) {
  return {
    tag: 'link',
    attrs: {
      rel,
      href: `./${file}`,
      crossorigin: true,
      ...(as && { as }),
    },
    injectTo: 'head' as const,
  }
}
