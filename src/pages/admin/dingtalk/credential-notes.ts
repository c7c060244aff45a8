import type { TextKey } from '../../../locales/index.ts'
import type { CredentialValues } from './right-places.ts'
import { credentialNames, kindOf, looksLike, tidy } from './right-places.ts'

export type CredentialName = 'corpId' | 'clientId' | 'clientSecret' | 'agentId'
export type CredentialNote = 'spaces' | 'wide' | 'agentIsClient' | 'clientIsAgent' | 'clientIsCorp' | 'clientIsSecret' | 'corpIsClient' | 'secretIsClient' | 'corpFormat' | 'misplaced'

export interface FieldNote {
  field: CredentialName
  note: CredentialNote
  /** misplaced: what the value looks like. */
  other?: CredentialName
}

/** What a pasted value looks like to somebody who knows them: put right silently, it would never be learned from. */
export function credentialNotes(values: CredentialValues): FieldNote[] {
  const found: FieldNote[] = []
  for (const field of credentialNames) {
    const value = values[field] ?? ''
    if (value !== value.trim())
      found.push({ field, note: 'spaces' })
    if (value.normalize('NFKC') !== value)
      found.push({ field, note: 'wide' })
  }
  const [corp, client, secret, agent] = credentialNames.map(field => tidy(values[field] ?? '')) as [string, string, string, string]
  if (/^\d+$/.test(client))
    found.push({ field: 'clientId', note: 'clientIsAgent' })
  if (/[a-z]/i.test(agent) && !['corpId', 'clientSecret'].includes(kindOf(agent) ?? ''))
    found.push({ field: 'agentId', note: 'agentIsClient' })
  if (client !== '' && (client === corp || looksLike.corpId.test(client)))
    found.push({ field: 'clientId', note: 'clientIsCorp' })
  if (looksLike.clientSecret.test(client))
    found.push({ field: 'clientId', note: 'clientIsSecret' })
  if (client !== corp && looksLike.clientId.test(corp) && (client === '' || looksLike.corpId.test(client)))
    found.push({ field: 'corpId', note: 'corpIsClient' })
  if (secret !== '' && (secret === client || secret === corp || looksLike.id.test(secret)))
    found.push({ field: 'clientSecret', note: 'secretIsClient' })
  if (corp !== '' && !corp.toLowerCase().startsWith('ding'))
    found.push({ field: 'corpId', note: 'corpFormat' })
  for (const field of credentialNames) {
    const other = kindOf(values[field] ?? '')
    if (other && other !== field && !found.some(said => said.field === field && !['spaces', 'wide', 'corpFormat'].includes(said.note)))
      found.push({ field, note: 'misplaced', other })
  }
  return found
}

export const noteKey = (note: CredentialNote): TextKey => `forms.credentials.${note}`
