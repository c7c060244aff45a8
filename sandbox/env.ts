import { z } from 'zod'
import { DEMO_DEPARTMENTS, DEMO_MEMBERS, DEMO_SEED } from './dingtalk/company/demo.ts'

const port = z.coerce.number().int().min(0).max(65535)

const envSchema = z.object({
  /** Open platform and control API; 0 picks a free port. */
  SANDBOX_PORT: port.default(3100),
  /** The fake Cordys CRM server. */
  CORDYS_PORT: port.default(3102),
  /** Client container. */
  CONTAINER_PORT: port.default(3101),
  SANDBOX_SEED: z.coerce.number().int().default(DEMO_SEED),
  /** The root included. */
  SANDBOX_DEPARTMENTS: z.coerce.number().int().min(1).max(20_000).default(DEMO_DEPARTMENTS),
  SANDBOX_MEMBERS: z.coerce.number().int().min(0).max(500_000).default(DEMO_MEMBERS),
  /** Where the H5 is served; homepages and redirect URLs are registered for it. */
  SANDBOX_H5_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:3000')
    .transform(url => url.replace(/\/+$/, '')),
})

export type SandboxEnv = z.output<typeof envSchema>

/** Reads the sandbox's environment; throws one error that names everything wrong with it. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): SandboxEnv {
  const parsed = envSchema.safeParse(source)
  if (!parsed.success)
    throw new Error(`Bad sandbox environment:\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}
