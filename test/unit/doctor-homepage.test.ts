import type { Patient } from '../../server/settings/doctor/patient.ts'
import { describe, expect, it } from 'vitest'
import { consoleChecks } from '../../server/settings/doctor/checks/console.ts'

const ours = 'https://crm.example.com'

/** The check of a homepage in the console, where the administrator came by `came`. */
async function examine(homepage: string, came: string, configuredUrl?: string) {
  const app = { agentId: '1', enabled: true, homepage, pcHomepage: homepage }
  const patient = { publicUrl: configuredUrl ?? came, configuredUrl, stored: true, credentials: { agentId: '1' }, dingtalk: { apps: { list: async () => [app] } }, sightings: new Map() }
  return (await consoleChecks.homepage(patient as unknown as Patient, async () => ({ finding: {}, value: 'token' }) as never)).finding
}

describe('the doctor at the homepage in the console', () => {
  it('knows a wrong one where the server knows its own address', async () => {
    expect((await examine(`${ours}/?corpId=$CORPID$`, 'http://localhost:3000', ours)).result).toBe('ok')
    expect(await examine('https://elsewhere.example/', ours, ours)).toMatchObject({ result: 'failed', fix: { 'zh-CN': expect.stringContaining(ours) } })
  })

  it('has it compared by hand where it may be the administrator who came another way, and advises nothing that would break it', async () => {
    expect((await examine(`${ours}/?corpId=$CORPID$`, ours)).result).toBe('ok')
    const finding = await examine(`${ours}/?corpId=$CORPID$`, 'http://localhost:3000')
    expect(finding).toMatchObject({ result: 'manual', manual: { 'en-US': expect.stringContaining('PUBLIC_URL') } })
    expect(finding.fix).toBeUndefined()
  })
})
