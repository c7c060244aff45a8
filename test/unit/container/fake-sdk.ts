import type { Sdk } from '../../../src/container/types.ts'
import { vi } from 'vitest'

const nothing = async (): Promise<unknown> => ({})

/** The SDK as a client that does everything it is asked; parts can be replaced. */
export function fakeSdk(over: Partial<Sdk> = {}): Sdk {
  return {
    platform: 'android',
    version: '7.6.0',
    requestAuthCodeV2: vi.fn(async () => ({ code: 'v2' })),
    requestAuthCode: vi.fn(async () => ({ code: 'classic' })),
    setTitle: vi.fn(async () => {}),
    closePage: async () => {},
    ready: callback => callback(),
    config: async () => {},
    getLocation: nothing,
    openLocation: nothing,
    scan: nothing,
    scanCard: nothing,
    choosePeople: nothing,
    openChat: nothing,
    openProfile: nothing,
    share: nothing,
    openLink: vi.fn(nothing),
    ...over,
  }
}
