export const locales = ['zh-CN', 'en-US'] as const
export type Locale = (typeof locales)[number]

/** A text in both languages. */
export type Text = Record<Locale, string>

/** The first language of an Accept-Language header that we speak; Chinese when there is none. */
export function pickLocale(header: string | undefined): Locale {
  for (const part of header?.split(',') ?? []) {
    const tag = part.trim().toLowerCase()
    if (tag.startsWith('zh'))
      return 'zh-CN'
    if (tag.startsWith('en'))
      return 'en-US'
  }
  return 'zh-CN'
}
