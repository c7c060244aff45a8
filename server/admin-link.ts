import { makeAdminToken } from './auth/admin-link.ts'
import { readEnv } from './env.ts'
import { fatal } from './fatal.ts'
import { loadSecretKey } from './settings/index.ts'

/** `npm run admin:link`: prints a one-time link to settings and diagnosis, for when nobody can log in. */
function printLink(): void {
  const env = readEnv()
  const address = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`
  console.log(
    `Open this within 10 minutes. It works once, and its use is recorded.\n\n    ${address}/admin-link#${makeAdminToken(loadSecretKey(env))}\n`,
  )
}

try {
  printLink()
}
catch (error) {
  fatal(error)
}
