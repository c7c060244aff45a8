import type { Device } from '../device-store.ts'
import { readFile } from 'node:fs/promises'
import { clientVersionOf, userAgentOf } from '../device-store.ts'
import { isDesktop, profiles } from '../devices.ts'

/** Load order: later files use what earlier ones put on `window.__dingtalkContainer`. */
const parts = [
  'core',
  'identity',
  'cookies',
  'web-storage',
  'history',
  'touch',
  'overlay-css',
  'overlay',
  'effects',
  'pickers',
  'asks',
  'calls',
  'face-ios',
  'face-android',
  'face-harmony',
  'face-pc',
  'alone',
  'shell',
  'start',
]

const folder = new URL('../client/bridge/', import.meta.url)

/** The script injected into every document: this page's facts, then the parts in order. */
export async function bridgeScript(device: Device, page: string, containerOrigin: string): Promise<string> {
  const { bridge, lateMs } = device.mode
  const facts = {
    page,
    kind: device.kind,
    desktop: isDesktop(device.kind),
    userAgent: userAgentOf(device),
    navigatorPlatform: profiles[device.kind].navigatorPlatform,
    version: clientVersionOf(device),
    language: device.mode.language,
    containerOrigin,
    bridge,
    lateMs,
  }
  const sources = await Promise.all(parts.map(part => readFile(new URL(`${part}.js`, folder), 'utf8')))
  return `window.__dingtalkContainer = { facts: ${JSON.stringify(facts)} };\n${sources.join(';\n')}`
}
