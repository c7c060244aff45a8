import type { Patient } from '../../server/settings/doctor/patient.ts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { serverChecks } from '../../server/settings/doctor/checks/server.ts'

const base = 'https://crm.example.com'

/** The check of an address at which `answer` is given. */
async function examine(answer: () => Promise<Response>) {
  vi.stubGlobal('fetch', answer)
  const patient = { publicUrl: base, configuredUrl: base, stored: true, credentials: { corpId: 'c', clientId: 'dingours', clientSecret: 's' }, signal: new AbortController().signal }
  return (await serverChecks.publicUrl(patient as unknown as Patient, () => Promise.reject(new Error('asks nobody')))).finding
}
const json = (body: object, status = 200) => async () => Response.json(body, { status })

describe('the doctor at our public address', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('believes only our own answer', async () => {
    expect((await examine(json({ clientId: 'dingours' }))).result).toBe('ok')
  })

  it.each([
    ['another installation', json({ clientId: 'dingother' }), 'Another system', '另一个系统'],
    ['a web page', async () => new Response('<html>'), 'Another system', '另一个系统'],
    ['404', json({}, 404), 'does not pass /api', '没有转发 /api'],
    ['502', json({}, 502), 'cannot reach this system', '连不上本系统'],
    ['504', json({}, 504), 'cannot reach this system', '连不上本系统'],
    ['a bad certificate', () => Promise.reject(new Error('fetch failed', { cause: Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' }) })), 'certificate', '证书'],
  ])('says what is wrong where %s answers', async (_, answer, en, zh) => {
    const { result, means, fix, where } = await examine(answer)
    expect(result).toBe('failed')
    expect(means['en-US']).toContain(en)
    expect(means['zh-CN']).toContain(zh)
    expect([fix?.['en-US'], fix?.['zh-CN'], where?.['en-US']]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/), expect.stringMatching(/\S/)])
  })

  it('does not decide where nobody answers: some networks cannot reach their own address', async () => {
    const { result, manual } = await examine(() => Promise.reject(new Error('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })))
    expect(result).toBe('manual')
    expect(manual?.['en-US']).toContain(base)
  })
})
