import type { Platform } from './dingtalk/platform/index.ts'
import type { SettingsPatch } from './dingtalk/platform/world/settings.ts'
import type { SandboxApp } from './dingtalk/types.ts'
import { demoApp } from './dingtalk/company/demo.ts'
import { DEMO_COMPANY } from './dingtalk/company/index.ts'
import { startContainer } from './dingtalk/container/index.ts'
import { createPlatform } from './dingtalk/platform/index.ts'
import { listen } from './listen.ts'

export interface SandboxOptions {
  /** 0, the default, picks a free port. */
  platformPort?: number
  containerPort?: number
  /** Where the H5 is (or will be) served. Default `http://127.0.0.1:3000`. */
  h5Url?: string
  seed?: number
  /** The root included. */
  departments?: number
  members?: number
  /** Also start the client container; by default when `containerPort` is given. */
  withContainer?: boolean
  /** Settings to start (and reset) with, over the defaults of a well-configured app. */
  settings?: SettingsPatch
}

export interface Sandbox {
  /** Serves as DINGTALK_API_BASE, DINGTALK_OAPI_BASE and DINGTALK_LOGIN_BASE alike. */
  platformUrl: string
  containerUrl?: string
  platform: Platform
  app: SandboxApp
  close: () => Promise<void>
}

/** The H5's origin under both names of this machine: browsers are opened with either. */
function redirectUrls(h5Url: string): string[] {
  return [h5Url, h5Url.replace('//127.0.0.1', '//localhost')]
}

/** Starts the fake DingTalk: the open platform and, if wanted, the client container. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const h5Url = options.h5Url ?? 'http://127.0.0.1:3000'
  const app = demoApp(h5Url)
  const size = {
    seed: options.seed ?? DEMO_COMPANY.seed,
    departments: options.departments ?? DEMO_COMPANY.departments,
    members: options.members ?? DEMO_COMPANY.members,
  }
  const platform = createPlatform({ app, size, settings: { redirectUrls: redirectUrls(h5Url), ...options.settings } })
  const server = await listen(platform.http, options.platformPort ?? 0, platform.upgrade)
  const wanted = options.withContainer ?? options.containerPort !== undefined
  const container = wanted ? await startContainer({ platform, h5Url, port: options.containerPort ?? 0 }) : undefined
  return {
    platformUrl: server.url,
    ...(container === undefined ? {} : { containerUrl: container.url }),
    platform,
    app,
    async close() {
      await container?.close()
      platform.close()
      await server.close()
    },
  }
}
