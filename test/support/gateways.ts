import type { Cordys } from '../../sandbox/cordys/index.ts'
import type { TestApp } from './app.ts'
import type { Client } from './client.ts'
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
  const app = await startApp({ sandbox: { ...small, ...sandbox }, env: { CRM: 'cordys', CORDYS_URL: cordys.url, ...env } })
  await app.sync(await app.loggedIn('zhangsan'))
  return {
    ...app,
    cordys,
    async person(userid) {
      const client = await app.loggedIn(userid)
      const { status, error } = await client.post('/api/crm/login', cordysLogins[userid])
      if (status !== 200)
        throw new Error(`${userid} could not be connected: ${JSON.stringify(error)}`)
      return client
    },
    async close() {
      await app.close()
      await cordys.close()
    },
  }
}
