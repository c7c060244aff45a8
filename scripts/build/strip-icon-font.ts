import type { Plugin } from 'vite'

/**
 * Takes the icon font and its glyph rules out of Vant's CSS (30 kB gzip of first-screen CSS, see
 * docs/architecture.md). The few icons Vant's components draw themselves come as SVG masks
 * from src/styles/vant-icons.css.
 */
export function stripIconFont(): Plugin {
  return {
    name: 'strip-icon-font',
    enforce: 'pre',
    transform: {
      filter: { id: /vant\/es\/icon\/index\.css/ },
      handler(css: string) {
        const stripped = css.replaceAll(/@font-face\s*\{[^}]*\}/g, '').replaceAll(/\.van-icon-[\w-]+:before\s*\{[^}]*\}/g, '')
        if (stripped.includes('@font-face') || stripped.length > 4000)
          throw new Error('strip-icon-font: Vant\'s icon CSS no longer looks as expected')
        return { code: stripped, map: null }
      },
    },
  }
}
