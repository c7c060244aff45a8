import { describe, expect, it } from 'vitest'
import enUS from '../../../src/locales/en-US/forms.ts'
import zhCN from '../../../src/locales/zh-CN/forms.ts'
import { credentialNotes } from '../../../src/pages/admin/dingtalk/credential-notes.ts'
import { credentialNames, rightPlaces } from '../../../src/pages/admin/dingtalk/right-places.ts'

const corpId = 'ding9f50b15bccd16741a0e3c1f2b7d84560'
const secret = 'Zx8Qv2Lr7Tn4Bw1Yk6Mh3Pd9Gc5Js0Fa2Ue8Ri4Ot6Xq1Wn7Lb3_Kc-5Ve9Hy2'
const right = { corpId: 'ding0123456789abcdef', clientId: 'dingqx7m2k4p9w8z1abc', clientSecret: 'S3cr3t_of-the_app', agentId: '3010045678' }

describe('what is said of pasted credentials', () => {
  it('says nothing of right ones, nor of an empty form', () => {
    expect(credentialNotes(right)).toEqual([])
    expect(credentialNotes({ ...right, corpId, clientSecret: secret })).toEqual([])
    expect(credentialNotes({})).toEqual([])
  })

  it.each([
    ['a line break at the end', { clientSecret: `${right.clientSecret}\n` }, 'clientSecret', 'spaces'],
    ['a space in front', { corpId: ` ${right.corpId}` }, 'corpId', 'spaces'],
    ['full-width digits', { agentId: '３０１００４５６７８' }, 'agentId', 'wide'],
    ['the Client ID as AgentId', { agentId: right.clientId }, 'agentId', 'agentIsClient'],
    ['the AgentId as Client ID', { clientId: right.agentId }, 'clientId', 'clientIsAgent'],
    ['the CorpId as Client ID', { clientId: right.corpId }, 'clientId', 'clientIsCorp'],
    ['a CorpId as Client ID', { clientId: corpId }, 'clientId', 'clientIsCorp'],
    ['CorpId and Client ID swapped, at the CorpId', { corpId: right.clientId, clientId: corpId }, 'corpId', 'corpIsClient'],
    ['a secret as Client ID', { clientId: secret }, 'clientId', 'clientIsSecret'],
    ['Client ID and secret swapped, at the secret', { clientId: secret, clientSecret: right.clientId }, 'clientSecret', 'secretIsClient'],
    ['the Client ID as secret', { clientSecret: right.clientId }, 'clientSecret', 'secretIsClient'],
    ['something else as CorpId', { corpId: '3010045678' }, 'corpId', 'corpFormat'],
  ])('recognises %s', (_, wrong, field, note) => {
    expect(credentialNotes({ ...right, ...wrong })).toContainEqual({ field, note })
    for (const texts of [zhCN, enUS]) expect(texts.credentials[note as keyof typeof zhCN.credentials]).toMatch(/\S/)
  })

  it('says of every value in every wrong field what it looks like, and offers to put all where they belong', () => {
    const values = { ...right, corpId, clientSecret: secret }
    for (const order of permutations(credentialNames)) {
      const typed = Object.fromEntries(credentialNames.map((name, index) => [name, values[order[index]!]]))
      const wrong = credentialNames.filter((name, index) => name !== order[index])
      expect(new Set(credentialNotes(typed).map(({ field }) => field))).toEqual(new Set(wrong))
      expect(rightPlaces(typed)).toEqual(wrong.length > 0 ? values : undefined)
      const untidy = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, `${value.replaceAll(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xFEE0))}\n`]))
      expect(rightPlaces(untidy)).toEqual(wrong.length > 0 ? values : undefined)
    }
  })

  it('moves one value to the empty field it belongs to, and never throws one of two away', () => {
    const none = { corpId: '', clientId: '', clientSecret: '', agentId: '' }
    expect(rightPlaces({ agentId: right.clientId })).toEqual({ ...none, clientId: right.clientId })
    expect(rightPlaces({ agentId: right.clientId, clientId: 'dingother7k2q8x4w3n' })).toBeUndefined()
    expect(rightPlaces({ corpId: 'something', clientId: right.agentId })).toEqual({ ...none, corpId: 'something', agentId: right.agentId })
  })
})

function permutations<T>(items: readonly T[]): T[][] {
  return items.length < 2 ? [[...items]] : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map(rest => [item, ...rest]))
}
