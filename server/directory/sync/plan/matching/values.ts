import type { SyncSettings } from '#contract/sync/index.ts'

export type MatchField = SyncSettings['matchBy'][number]

/** The value as it is compared: the same person is written in several ways. Empty when there is nothing to compare. */
export function comparable(field: MatchField, value: string | null | undefined): string {
  if (!value)
    return ''
  switch (field) {
    case 'mobile':
      return comparableMobile(value)
    case 'email':
      return value.trim().toLowerCase()
    case 'jobNumber':
      return value.trim()
  }
}

/**
 * Digits only, abroad with a plus. China's country code (+86, 0086) is left out, as DingTalk does; numbers abroad
 * come as `+xx-xxxx` (dingtalk-server-api §4.5).
 */
function comparableMobile(value: string): string {
  const compact = value
    .normalize('NFKC')
    .replace(/[^\d+]/g, '')
    .replace(/^00/, '+')
  const chinese = compact.replace(/^\+?86(?=1\d{10}$)/, '')
  return /\d/.test(chinese) ? chinese : ''
}
