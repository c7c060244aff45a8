import type { Locale } from '../../locales/index.ts'
import { wholeNumber } from './whole-number.ts'

/*
 * Amounts are exact decimals as text ("1234567.80"): they are shown without ever becoming a number,
 * except for the short words, which round anyway.
 */

/** 1,234,567.80; trailing zeros after the point only where there are some. */
export function amount(text: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim()) ?? []
  if (whole === '')
    return text
  const grouped = whole.replace(/^0+(?=\d)/, '').replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
  return sign + grouped + (/[1-9]/.test(fraction) ? `.${fraction.padEnd(2, '0')}` : '')
}

/** ¥1,234,567.80, -¥12.50; what is no amount stays as it is. */
export function money(text: string): string {
  const grouped = amount(text)
  return /^-?\d/.test(grouped) ? grouped.replace(/^(-?)/, '$1¥') : text
}

const chinese: [number, string][] = [[12, '万亿'], [8, '亿'], [4, '万']]
const english: [number, string][] = [[12, 'T'], [9, 'B'], [6, 'M'], [3, 'K']]

/** 123.5 万, 1.2M: an amount as people say it; small ones as they are. */
export function shortAmount(text: string, locale: Locale): string {
  const digits = /^-?0*(\d+)/.exec(text.trim())?.[1]?.length ?? 0
  const unit = (locale === 'zh-CN' ? chinese : english).find(([zeros]) => digits > zeros)
  if (!unit || digits > 300)
    return amount(text)
  const value = Number(text) / 10 ** unit[0]
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10
  return locale === 'zh-CN' ? `${wholeNumber(rounded)} ${unit[1]}` : `${wholeNumber(rounded)}${unit[1]}`
}

/** What stands below an amount being typed: its thousands, and from ten thousand on its words. */
export function amountInWords(text: string, locale: Locale): string {
  const grouped = amount(text)
  const short = shortAmount(text, locale)
  return grouped === text ? '' : short === grouped ? grouped : `${grouped} · ${short}`
}
