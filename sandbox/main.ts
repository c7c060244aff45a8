import { readEnv } from './env.ts'
import { startSandbox } from './index.ts'

const env = readEnv()
const sandbox = await startSandbox({
  platformPort: env.SANDBOX_PORT,
  containerPort: env.CONTAINER_PORT,
  h5Url: env.SANDBOX_H5_URL,
  seed: env.SANDBOX_SEED,
  departments: env.SANDBOX_DEPARTMENTS,
  members: env.SANDBOX_MEMBERS,
})
console.log(`DingTalk open platform (sandbox)  ${sandbox.platformUrl}`)
console.log(`DingTalk client (sandbox)         ${sandbox.containerUrl}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void sandbox.close().then(() => process.exit(0))
  })
}
