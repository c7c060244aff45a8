import type { SyncConflict } from '#contract/sync/index.ts'
import { listWords } from '../../../../locales/index.ts'

type Member = SyncConflict['member']
type Candidate = SyncConflict['candidates'][number]

export const comparedFields = ['name', 'title', 'mobile', 'email', 'jobNumber', 'departments'] as const

/** How two values stand to each other; said in words beside them, not by colour alone. */
export type Comparison = 'same' | 'different' | 'memberOnly' | 'accountOnly' | 'none'

export interface ComparedField {
  field: (typeof comparedFields)[number]
  member: string
  account: string
  comparison: Comparison
}

/** A member and an account side by side. Numbers and addresses count as equal however they are written. */
export function compare(member: Member, account: Candidate): ComparedField[] {
  return comparedFields.map((field) => {
    // A member may have two addresses, and be known by either.
    const theirs = field === 'email' ? [member.email, member.orgEmail].filter(one => one !== null) : [member[field]]
    const ours = plain(field, account[field])
    const judged = theirs.map(one => judge(plain(field, one), ours))
    const sides = { member: theirs.length > 1 ? listWords(theirs.map(words)) : words(theirs[0] ?? null), account: words(account[field]) }
    return { field, ...sides, comparison: judged.includes('same') ? 'same' as const : judged[0] ?? judge('', ours) }
  })
}

type Value = string | null | readonly string[]

function words(value: Value): string {
  return typeof value === 'string' || value === null ? (value ?? '') : listWords(value)
}

function plain(field: ComparedField['field'], value: Value): string {
  if (typeof value !== 'string')
    return value?.length ? JSON.stringify([...value].sort()) : ''
  if (field === 'mobile')
    return value.replaceAll(/\D/g, '').replace(/^86(?=\d{11}$)/, '')
  return value.trim().toLowerCase()
}

function judge(member: string, account: string): Comparison {
  if (!member && !account)
    return 'none'
  if (!account)
    return 'memberOnly'
  if (!member)
    return 'accountOnly'
  return member === account ? 'same' : 'different'
}
