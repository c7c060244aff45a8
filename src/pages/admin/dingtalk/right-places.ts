import type { CredentialName } from './credential-notes.ts'

export const credentialNames = ['corpId', 'clientId', 'clientSecret', 'agentId'] as const
export type CredentialValues = Readonly<Partial<Record<CredentialName, string>>>

/** CorpId and Client ID both begin with `ding`; the first goes on with 32 hexadecimal digits, the second with fewer characters. */
export const looksLike = {
  corpId: /^ding[\da-f]{30,}$/i,
  clientId: /^(?:ding|suite)(?=[\da-z]*[g-z])[\da-z]{12,24}$/i,
  id: /^(?:ding|suite)[\da-z]{4,40}$/i,
  clientSecret: /^(?!(?:ding|suite)[\da-z]{4,40}$)[\w-]{32,}$/i,
  agentId: /^\d{5,15}$/,
} as const

/** Half-width, without what a copy brings along at its ends; what the server stores. */
export const tidy = (value: string) => value.normalize('NFKC').trim()

/** What a value can only be; undefined when nobody can tell. */
export function kindOf(value: string): CredentialName | undefined {
  return credentialNames.find(name => looksLike[name].test(tidy(value)))
}

/** The values where they belong, when each of them can be told and something stands elsewhere; otherwise undefined. */
export function rightPlaces(values: CredentialValues): Record<CredentialName, string> | undefined {
  const placed: Record<CredentialName, string> = { corpId: '', clientId: '', clientSecret: '', agentId: '' }
  let moved = false
  for (const name of credentialNames) {
    const value = tidy(values[name] ?? '')
    const place = kindOf(value) ?? name
    if (value === '')
      continue
    // Two for one place: guessing would throw one of them away.
    if (placed[place] !== '')
      return undefined
    placed[place] = value
    moved ||= place !== name
  }
  return moved ? placed : undefined
}
