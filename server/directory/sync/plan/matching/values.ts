import type { SyncSettings } from '#contract/sync/index.ts'
import type { SnapshotMember } from '../../snapshot.ts'

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

/** What a member may be known by, as it is compared: none, one, or for e-mail both addresses. */
export function valuesOf(field: MatchField, member: SnapshotMember | undefined): string[] {
  const values = [member?.[field], field === 'email' ? member?.orgEmail : undefined].map(value => comparable(field, value)).filter(Boolean)
  return values[0] === values[1] ? values.slice(1) : values
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
