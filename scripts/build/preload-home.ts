import type { Plugin, Rolldown } from 'vite'

type Chunk = Rolldown.OutputChunk

/**
 * Lets the browser fetch the home page's chunk, what it imports and its CSS together with the entry
 * instead of after it.
 * @param folder the page's folder below the project root, "src/pages/workbench/"
 */
export function preloadHome(folder: string): Plugin {
  return {
    name: 'preload-home',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter(file => file.type === 'chunk')
        const home = chunks.find(chunk => chunk.isDynamicEntry && chunk.facadeModuleId?.includes(folder))
        if (!home)
          return []
        const needed = withImports(home, chunks)
        const styles = needed.flatMap(chunk => [...chunk.viteMetadata?.importedCss ?? []])
        return [
          ...needed.map(chunk => ({ rel: 'modulepreload', file: chunk.fileName })),
          ...styles.map(file => ({ rel: 'preload', file, as: 'style' })),
        ].filter(({ file }) => !html.includes(file)).map(toTag)
      },
    },
  }
}

/** A chunk and everything it imports statically. */
function withImports(chunk: Chunk, all: readonly Chunk[], seen = new Set<Chunk>()): Chunk[] {
  seen.add(chunk)
  for (const name of chunk.imports) {
    const imported = all.find(({ fileName }) => fileName === name)
    if (imported && !seen.has(imported))
      withImports(imported, all, seen)
  }
  return [...seen]
}

function toTag({ rel, file, as }: { rel: string, file: string, as?: string }) {
  return {
    tag: 'link',
    attrs: { rel, href: `./${file}`, crossorigin: true, ...(as && { as }) },
    injectTo: 'head' as const,
  }
}
