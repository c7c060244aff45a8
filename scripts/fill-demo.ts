import type { ApiOutput } from '#contract/index.ts'
import type { SandboxPlatform } from '../sandbox/dingtalk/types.ts'
import { setTimeout as wait } from 'node:timers/promises'

/** Does what an administrator would: log in, synchronise the organisation, load sample customers. Harmless when done before. */
export async function fillDemo(crm: string, platform: SandboxPlatform): Promise<void> {
  const admin = platform.members().find(member => member.sysLevel === 1)
  const issued = admin && platform.issueLoginCode({ userid: admin.userid, corpId: platform.app().corpId })
  if (!issued || !('code' in issued))
    throw new Error('the sample company has no main administrator who could log in')

  const login = await post(crm, '/api/session/dingtalk', { code: issued.code })
  const cookie = login.headers
    .getSetCookie()
    .map(line => line.split(';', 1)[0])
    .join('; ')
  const started = (await (await post(crm, '/api/sync/runs', { mode: 'apply' }, cookie)).json()) as ApiOutput<'POST /api/sync/runs'>
  const run = await untilDone(crm, started.id, cookie)
  if (run.status !== 'succeeded')
    throw new Error(`the sample company could not be synchronised: ${run.error?.message ?? run.status}`)
  // A Cordys server brings its own.
  const { crm: kind } = (await (await fetch(`${crm}/api/bootstrap`)).json()) as ApiOutput<'GET /api/bootstrap'>
  if (kind === 'embedded')
    await post(crm, '/api/crm/sample-data', undefined, cookie, [409])
}

async function untilDone(crm: string, id: string, cookie: string): Promise<ApiOutput<'GET /api/sync/runs/:id'>> {
  // Writing a company of thousands keeps the embedded database busy, and a server that is busy may drop an idle connection.
  for (let failures = 0; ;) {
    try {
      const run = (await (await fetch(`${crm}/api/sync/runs/${id}`, { headers: { cookie } })).json()) as ApiOutput<'GET /api/sync/runs/:id'>
      if (run.status !== 'running')
        return run
      failures = 0
    }
    catch (error) {
      if (++failures > 20)
        throw error
    }
    await wait(200)
  }
}

async function post(crm: string, path: string, body?: object, cookie = '', allowed: number[] = []): Promise<Response> {
  const response = await fetch(crm + path, {
    method: 'POST',
    headers: { cookie, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok && !allowed.includes(response.status))
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return response
}
