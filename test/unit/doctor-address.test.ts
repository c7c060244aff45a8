import type { Patient } from '../../server/settings/doctor/patient.ts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { serverChecks } from '../../server/settings/doctor/checks/server.ts'

const base = 'https://crm.example.com'

/** The check of an address at which `answer` is given. */
async function examine(answer: () => Promise<Response>, more: Partial<Patient> = {}) {
  vi.stubGlobal('fetch', answer)
  const patient = { publicUrl: base, configuredUrl: base, stored: true, credentials: { corpId: 'c', clientId: 'dingours', clientSecret: 's' }, signal: new AbortController().signal, ...more }
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
    ['a redirect to another host', async () => new Response(null, { status: 302, headers: { location: 'https://www.example.com/login?code=secret' } }), 'redirects to https://www.example.com/login:', '跳转到 https://www.example.com/login：'],
    ['a redirect within the address', async () => new Response(null, { status: 301, headers: { location: '/crm/' } }), `redirects to ${base}/crm/:`, `跳转到 ${base}/crm/`],
    ['a bad certificate', () => Promise.reject(new Error('fetch failed', { cause: Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' }) })), 'certificate', '证书'],
  ])('says what is wrong where %s answers', async (_, answer, en, zh) => {
    const { result, means, fix, where } = await examine(answer)
    expect(result).toBe('failed')
    expect(means['en-US']).toContain(en)
    expect(means['zh-CN']).toContain(zh)
    expect([fix?.['en-US'], fix?.['zh-CN'], where?.['en-US']]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/), expect.stringMatching(/\S/)])
  })

  it.each([401, 403])('does not decide where a proxy answers %i, but names it', async (status) => {
    const { result, answered, means, manual } = await examine(json({}, status))
    expect(result).toBe('manual')
    expect(answered?.['en-US']).toBe(`HTTP ${status}`)
    expect(means['en-US']).toContain('refuses access')
    expect(manual?.['zh-CN']).toContain(base)
  })

  it('says of credentials that are not saved that only saved ones show there, whatever PUBLIC_URL is', async () => {
    const { result, means } = await examine(json({ clientId: 'dingours' }), { stored: false })
    expect(result).toBe('untried')
    expect(means['en-US']).toContain('not saved yet')
    expect(means['en-US']).not.toContain('PUBLIC_URL')
  })

  it('does not decide where nobody answers: some networks cannot reach their own address', async () => {
    const { result, manual } = await examine(() => Promise.reject(new Error('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })))
    expect(result).toBe('manual')
    expect(manual?.['en-US']).toContain(base)
  })
})
