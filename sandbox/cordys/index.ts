import type { CordysControl } from './control/control.ts'
import type { SettingsInput } from './settings.ts'
import type { Company } from './world.ts'
import { DEMO_COMPANY, generateCompany } from '../dingtalk/company/index.ts'
import { listen } from '../listen.ts'
import { createApp } from './app.ts'
import { createControl } from './control/control.ts'
import { settingsSchema } from './settings.ts'
import { createWorld } from './world.ts'

export interface CordysOptions {
  /** 0, the default, picks a free port. */
  port?: number
  /** The DingTalk company this Cordys was synchronised from; by default the demo's. */
  company?: Company
  settings?: SettingsInput
  seed?: number
}

export interface Cordys {
  /** Serves as CORDYS_URL. */
  url: string
  control: CordysControl
  close: () => Promise<void>
}

/** Starts the fake Cordys CRM server. */
export async function startCordys(options: CordysOptions = {}): Promise<Cordys> {
  const world = createWorld({
    company: options.company ?? generateCompany(DEMO_COMPANY),
    settings: settingsSchema.parse(options.settings ?? {}),
    seed: options.seed ?? DEMO_COMPANY.seed,
  })
  const { url, close } = await listen(createApp(world), options.port ?? 0)
  return { url, control: createControl(world), close }
}
