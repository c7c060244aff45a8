import type { Express } from 'express'
import type { UpgradeListener } from '../../listen.ts'
import type { CompanySize } from '../company/index.ts'
import type { SandboxApp, SandboxPlatform } from '../types.ts'
import type { PlatformControl } from './control/control.ts'
import type { SettingsPatch } from './world/settings.ts'
import { createApp } from './app.ts'
import { createControl } from './control/control.ts'
import { verifyJsapiConfig } from './jsapi/verify.ts'
import { issueLoginCode } from './login/issue.ts'
import { createWorld } from './world/world.ts'

/** The open platform: the contract with the client container, plus control and the HTTP app. */
export interface Platform extends SandboxPlatform {
  control: PlatformControl
  http: Express
  /** WebSocket upgrades of the same server: the Stream gateway. */
  upgrade: UpgradeListener
  /** Ends what runs by itself: stream connections, event retries. */
  close: () => void
}

export interface PlatformOptions {
  app: SandboxApp
  size: CompanySize
  /** Settings to start (and reset) with, over the defaults. */
  settings?: SettingsPatch
}

/** Creates the platform; it listens when `http` is given to a server. */
export function createPlatform(options: PlatformOptions): Platform {
  const world = createWorld(options.app, options.settings ?? {}, options.size)
  return {
    now: () => world.clock.now(),
    app: () => world.app,
    departments: () => [...world.directory.departments.values()],
    members: () => [...world.directory.members.values()],
    member: userid => world.directory.members.get(userid),
    issueLoginCode: request => issueLoginCode(world, request),
    verifyJsapiConfig: config => verifyJsapiConfig(world, config),
    messagesOf: userid => world.messages.messagesOf(userid),
    markRead: (userid, taskId) => world.messages.markRead(userid, taskId),
    onMessage(listener) {
      world.messageListeners.add(listener)
      return () => world.messageListeners.delete(listener)
    },
    http: createApp(world),
    upgrade: (request, socket, head) => world.events.gateway.upgrade(request, socket, head),
    close: () => world.events.close(),
    control: createControl(world),
  }
}
