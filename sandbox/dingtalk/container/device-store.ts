import type { SandboxPlatform } from '../types.ts'
import type { DeviceKind } from './devices.ts'
import type { DeviceMode } from './modes.ts'
import { randomUUID } from 'node:crypto'
import { clientVersions, profiles } from './devices.ts'
import { employeeLabel, parseHost, sharedLabel } from './hosts.ts'
import { normalMode } from './modes.ts'
import { CookieJar } from './proxy/cookie-jar.ts'

/** One native call, as the call log shows it; functions in `params` never arrive here. */
export interface CallRecord {
  id: string
  page: string
  /** Milliseconds since the epoch. */
  at: number
  method: string
  params: unknown
  state: 'pending' | 'ok' | 'failed' | 'silent'
  /** What the page was answered: the result, or the error object. */
  result?: unknown
  /** Milliseconds until the answer. */
  took?: number
}

/** One loaded document: dd.config counts for exactly one page load (dingtalk-jsapi §5). */
export interface Page {
  id: string
  /** Methods granted by a verified dd.config, undefined before. */
  granted?: string[]
}

/** An answer prepared through the control API, used instead of the real one. */
export interface PreparedAnswer {
  method: string
  outcome: { ok: boolean, data: unknown }
}

/** One phone or desktop client: who holds it, what it stores, how it misbehaves, what was asked of it. */
export interface Device {
  host: string
  kind: DeviceKind
  shared: boolean
  userid: string
  mode: DeviceMode
  jar: CookieJar
  /** What JSAPI storage holds. */
  storage: Map<string, string>
  /** localStorage (`local`) and one sessionStorage per webview, for pages in a frame. */
  webStorage: Map<string, Map<string, string>>
  pages: Map<string, Page>
  calls: CallRecord[]
  prepared: PreparedAnswer[]
}

const keptCalls = 500
const keptPages = 50

/** All devices of one running container; a device comes into being when its hostname is first used. */
export class DeviceStore {
  private readonly devices = new Map<string, Device>()
  private readonly platform: SandboxPlatform

  constructor(platform: SandboxPlatform) {
    this.platform = platform
  }

  /** The device behind a Host header; undefined when the name is no device or its employee was never heard of. */
  find(hostHeader: string): Device | undefined {
    const parsed = parseHost(hostHeader)
    if (!parsed)
      return undefined
    const known = this.devices.get(parsed.host)
    if (known)
      return known
    const shared = parsed.label === sharedLabel
    const userid = shared ? this.firstMember() : this.employee(parsed.label)
    if (userid === undefined)
      return undefined
    const device: Device = {
      host: parsed.host,
      kind: parsed.kind,
      shared,
      userid,
      mode: normalMode(),
      jar: new CookieJar(),
      storage: new Map(),
      webStorage: new Map(),
      pages: new Map(),
      calls: [],
      prepared: [],
    }
    this.devices.set(parsed.host, device)
    return device
  }

  /** Forgets every device: cookies, storage, modes and logs. */
  reset(): void {
    this.devices.clear()
  }

  /** Names a document that is about to be loaded. */
  openPage(device: Device): Page {
    const page: Page = { id: randomUUID() }
    device.pages.set(page.id, page)
    dropOldest(device.pages, keptPages)
    return page
  }

  record(device: Device, call: CallRecord): void {
    device.calls.push(call)
    if (device.calls.length > keptCalls)
      device.calls.splice(0, device.calls.length - keptCalls)
  }

  private employee(label: string): string | undefined {
    const plain = this.platform.member(label)
    const found
      = plain && employeeLabel(plain.userid) === label ? plain : this.platform.members().find(member => employeeLabel(member.userid) === label)
    return found?.userid
  }

  private firstMember(): string | undefined {
    return this.platform.members().find(member => member.active && !member.external)?.userid
  }
}

/** The user agent this device sends and shows. */
export function userAgentOf(device: Device): string {
  return profiles[device.kind].userAgent(clientVersionOf(device))
}

/** The client version, `7.6.0` or an old one. */
export function clientVersionOf(device: Device): string {
  return clientVersions[device.mode.client]
}

function dropOldest(map: Map<string, unknown>, keep: number): void {
  for (const key of map.keys()) {
    if (map.size <= keep)
      return
    map.delete(key)
  }
}
