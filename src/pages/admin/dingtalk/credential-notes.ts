import type { TextKey } from '../../../locales/index.ts'

export type CredentialName = 'corpId' | 'clientId' | 'clientSecret' | 'agentId'
export type CredentialNote = 'spaces' | 'wide' | 'agentIsClient' | 'clientIsAgent' | 'clientIsCorp' | 'clientIsSecret' | 'corpIsClient' | 'secretIsClient' | 'corpFormat'

/** CorpId and Client ID both begin with `ding`; the first goes on with 32 hexadecimal digits, the second with fewer characters. */
const looksLike = {
  corpId: /^ding[\da-f]{30,}$/i,
  clientId: /^ding(?=[\da-z]*[g-z])[\da-z]{12,24}$/i,
  id: /^(?:ding|suite)[\da-z]{4,40}$/i,
  secret: /^[\w-]{32,}$/,
}

/** What a pasted value looks like to somebody who knows them: put right silently, it would never be learned from. */
export function credentialNotes(values: Readonly<Partial<Record<CredentialName, string>>>): { field: CredentialName, note: CredentialNote }[] {
  const { corpId = '', clientId = '', clientSecret = '', agentId = '' } = values
  const found: { field: CredentialName, note: CredentialNote }[] = []
  for (const [field, value] of [['corpId', corpId], ['clientId', clientId], ['clientSecret', clientSecret], ['agentId', agentId]] as const) {
    if (value !== value.trim())
      found.push({ field, note: 'spaces' })
    if (value.normalize('NFKC') !== value)
      found.push({ field, note: 'wide' })
  }
  const clean = (value: string) => value.normalize('NFKC').trim()
  const [corp, client, secret, agent] = [corpId, clientId, clientSecret, agentId].map(clean) as [string, string, string, string]
  if (/^\d+$/.test(client))
    found.push({ field: 'clientId', note: 'clientIsAgent' })
  if (/[a-z]/i.test(agent))
    found.push({ field: 'agentId', note: 'agentIsClient' })
  if (client !== '' && (client === corp || looksLike.corpId.test(client)))
    found.push({ field: 'clientId', note: 'clientIsCorp' })
  if (looksLike.secret.test(client) && !looksLike.id.test(client))
    found.push({ field: 'clientId', note: 'clientIsSecret' })
  if (client !== corp && looksLike.clientId.test(corp) && (client === '' || looksLike.corpId.test(client)))
    found.push({ field: 'corpId', note: 'corpIsClient' })
  if (secret !== '' && (secret === client || secret === corp || looksLike.id.test(secret)))
    found.push({ field: 'clientSecret', note: 'secretIsClient' })
  if (corp !== '' && !corp.toLowerCase().startsWith('ding'))
    found.push({ field: 'corpId', note: 'corpFormat' })
  return found
}

export const noteKey = (note: CredentialNote): TextKey => `forms.credentials.${note}`
