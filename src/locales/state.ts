import type { LazyArea, Locale } from './types.ts'
import { shallowReactive, shallowRef } from 'vue'
import zhCN from './zh-CN/index.ts'
import { lazy as zhLazy } from './zh-CN/lazy.ts'

export const locale = shallowRef<Locale>('zh-CN')

/** Texts of the current language; replaced as a whole when it changes, so nothing mixes. */
export const texts = shallowRef(tree({ ...zhCN }))

const areasInUse = new Set<LazyArea>()

/** Fetches what a page needs beyond the core texts; at once when it is already there. */
export async function loadAreas(areas: readonly LazyArea[]): Promise<void> {
  const target = texts.value
  areas.forEach(area => areasInUse.add(area))
  const missing = areas.filter(area => !(area in target))
  if (missing.length === 0)
    return
  Object.assign(target, await fetchAreas(locale.value, missing))
}

/** Switches to another language once everything on screen has been fetched in it. */
export async function switchTexts(next: Locale): Promise<void> {
  const core = next === 'zh-CN' ? zhCN : (await import('./en-US/index.ts')).default
  const areas = await fetchAreas(next, [...areasInUse])
  texts.value = tree({ ...core, ...areas })
  locale.value = next
}

async function fetchAreas(of: Locale, areas: readonly LazyArea[]): Promise<Record<string, unknown>> {
  const loaders = of === 'zh-CN' ? zhLazy : (await import('./en-US/lazy.ts')).lazy
  const loaded = await Promise.all(areas.map(async area => [area, (await loaders[area]()).default] as const))
  return Object.fromEntries(loaded)
}

/** Areas arrive later, so the top level is reactive; below it nothing changes. */
function tree(of: Record<string, unknown>): Record<string, unknown> {
  return shallowReactive(of)
}
