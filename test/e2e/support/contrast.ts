import type { Page } from 'playwright-core'

/** Texts that stand out too little from what is behind them (WCAG AA), as `text: ratio`. */
export function unreadable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Rgba = [number, number, number, number]
    const parse = (color: string): Rgba => {
      const [r = 0, g = 0, b = 0, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number)
      return [r, g, b, a]
    }
    const over = (top: Rgba, below: Rgba): Rgba => {
      const mix = (n: 0 | 1 | 2) => top[n] * top[3] + below[n] * (1 - top[3])
      return [mix(0), mix(1), mix(2), 1]
    }
    const light = ([r, g, b]: Rgba) => {
      const [x = 0, y = 0, z = 0] = [r, g, b].map(value => value / 255).map(value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
      return 0.2126 * x + 0.7152 * y + 0.0722 * z
    }
    const behind = (element: Element | null): Rgba => element
      ? over(parse(getComputedStyle(element).backgroundColor), behind(element.parentElement))
      : [255, 255, 255, 1]
    const found = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement: element, textContent } = walker.currentNode
      const text = textContent?.trim()
      if (!text || !element || element.closest('script, style, [aria-hidden=true], :disabled, .visually-hidden') || element.getClientRects().length === 0)
        continue
      const style = getComputedStyle(element)
      if (style.visibility === 'hidden')
        continue
      const size = Number.parseFloat(style.fontSize)
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      const background = behind(element)
      const [a, b] = [light(over(parse(style.color), background)), light(background)]
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      if (ratio < (isLarge ? 3 : 4.5))
        found.add(`${text}: ${ratio.toFixed(1)}`)
    }
    return [...found]
  })
}
