import type { TextParams } from './translate.ts'
import type { Locale, TextKey } from './types.ts'
import { read, write } from '../support/storage.ts'
import { locale, switchTexts, texts } from './state.ts'
import { fill, lookUp } from './translate.ts'

/*
 * Our own 60 lines instead of vue-i18n: petite-vue-i18n's runtime alone costs 11.8 kB gzip of
 * the 100 kB first screen (measured), and typed keys are what we would use of it.
 */

export { loadAreas } from './state.ts'
export type { LazyArea, Locale, TextKey } from './types.ts'

const chosenKey = 'locale'

/** The text for a key in the current language; reactive when used in a template or computed. */
export function t(key: TextKey, params?: TextParams): string {
  return fill(lookUp(texts.value, key) ?? key, params)
}

/** The text for a key built at run time (an error code, an enum value), or undefined when there is none. */
export function textFor(key: string, params?: TextParams): string | undefined {
  const text = lookUp(texts.value, key)
  return text === undefined ? undefined : fill(text, params)
}

/** Things listed in a row, in the current language: A、B. */
export function listWords(things: readonly string[]): string {
  return things.join(t('common.comma'))
}

/** For components: `const { t, locale } = useTexts()`. */
export function useTexts() {
  return { t, textFor, locale }
}

/** Changes the language, remembers the choice on this device and switches Vant along. */
export async function chooseLocale(next: Locale): Promise<void> {
  write(chosenKey, next)
  await apply(next)
}

/** The chosen language, else the browser's when we speak it, else Chinese. */
export async function startLocale(): Promise<void> {
  const first = wanted()
  document.documentElement.lang = first
  if (first !== 'zh-CN')
    await apply(first)
}

/** What the next request should be answered in. */
export function currentLocale(): Locale {
  return locale.value
}

function wanted(): Locale {
  const chosen = read(chosenKey)
  if (chosen === 'zh-CN' || chosen === 'en-US')
    return chosen
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US'
}

async function apply(next: Locale): Promise<void> {
  const [vant] = await Promise.all([import('./vant.ts'), switchTexts(next)])
  vant.switchVant(next)
  document.documentElement.lang = next
}
