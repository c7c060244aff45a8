import type { Cordys } from '../../sandbox/cordys/index.ts'
import type { TestApp } from './app.ts'
import type { Client } from './client.ts'
import process from 'node:process'
import { z } from 'zod'
import { startCordys } from '../../sandbox/cordys/index.ts'
import { startApp } from './app.ts'

/** People of the sample company with their Cordys logins: phone, and its last six digits. */
export const cordysLogins: Record<string, { username: string, password: string }> = Object.fromEntries(
  ['zhangsan', 'lisi', 'wangwu', 'zhaoliu', 'sunqi', 'zhouba'].map((userid, index) => {
    const phone = String(13800001001 + index)
    return [userid, { username: phone, password: phone.slice(-6) }]
  }),
)

export interface CrmServer extends TestApp {
  /** The Cordys behind it, where it is one. */
  cordys: Cordys | undefined
  /** Logged in, and connected to the CRM where that is needed. */
  person: (userid: string) => Promise<Client>
}

const loginsSchema = z.record(z.string(), z.object({ username: z.string(), password: z.string() }))

/** A real Cordys CRM server, with logins there for members of the sample company; none by default. */
function realCordys(): { url: string, logins: typeof cordysLogins } | undefined {
  const { CORDYS_URL: url, CORDYS_LOGINS: logins } = process.env
  return url ? { url, logins: loginsSchema.parse(JSON.parse(logins ?? '{}')) } : undefined
}

const small = { departments: 12, members: 40 }

/** The whole server on the embedded CRM, its people synchronised. */
export async function embeddedServer(): Promise<CrmServer> {
  const app = await startApp({ sandbox: small })
  await app.sync(await app.loggedIn('zhangsan'))
  return { ...app, cordys: undefined, person: app.loggedIn }
}

/** The whole server on a fake Cordys that has the same people. */
export async function cordysServer(options: Parameters<typeof startCordys>[0] = {}, env: Record<string, string> = {}, sandbox: object = {}): Promise<CrmServer> {
  const cordys = await startCordys(options)
  // Somebody who sells elsewhere.
  cordys.control.changeUser('sunqi', { roleIds: ['sales_staff'] })
  const app = await serverOn(cordys.url, cordysLogins, env, sandbox)
  return {
    ...app,
    cordys,
    async close() {
      await app.close()
      await cordys.close()
    },
  }
}

/** The whole server on the Cordys of the environment, for what is asked of every CRM; on a fake one where there is none. */
export async function anyCordysServer(): Promise<CrmServer> {
  const real = realCordys()
  return real ? serverOn(real.url, real.logins) : cordysServer()
}

async function serverOn(url: string, logins: typeof cordysLogins, env: Record<string, string> = {}, sandbox: object = {}): Promise<CrmServer> {
  const app = await startApp({ sandbox: { ...small, ...sandbox }, env: { CRM: 'cordys', CORDYS_URL: url, ...env } })
  await app.sync(await app.loggedIn('zhangsan'))
  return {
    ...app,
    cordys: undefined,
    async person(userid) {
      const client = await app.loggedIn(userid)
      const { status, error } = await client.post('/api/crm/login', logins[userid])
      if (status !== 200)
        throw new Error(`${userid} could not be connected: ${JSON.stringify(error)}`)
      return client
    },
  }
}
