import type { Locale } from './types.ts'
import { Locale as VantLocale } from 'vant/es/locale'
import enUS from 'vant/es/locale/lang/en-US'
import zhCN from 'vant/es/locale/lang/zh-CN'

/** Vant's own words (pull to refresh, pickers, empty lists) in our language. */
export function switchVant(locale: Locale): void {
  VantLocale.use(locale, locale === 'zh-CN' ? zhCN : enUS)
}
