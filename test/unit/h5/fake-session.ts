import type { ApiErrorBody } from '#contract/errors.ts'
import type { Bootstrap, Session } from '#contract/session.ts'
import type { SessionDeps } from '../../../src/stores/session/types.ts'
import { vi } from 'vitest'
import { ApiError } from '../../../src/api/errors.ts'
import { createSession } from '../../../src/stores/session/machine.ts'

/** A Storage in memory; the machine's marks live in it. */
export function fakeStorage(): Storage {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    key: index => [...items.keys()][index] ?? null,
    getItem: name => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: name => void items.delete(name),
    clear: () => items.clear(),
  }
}

export function person(id: string, role: 'admin' | 'member' = 'member'): Session {
  return { kind: 'account', account: { id, name: `name of ${id}`, avatar: null, title: null, mobile: null, email: null, departments: [], role, abilities: [] } }
}

export function refusal(code: ApiErrorBody['code'], status: number, more: Partial<ApiErrorBody> = {}): ApiError {
  return new ApiError({ code, status, message: code, requestId: 'r1', ...more })
}

export const unauthenticated = () => refusal('unauthenticated', 401)

const bootstrap: Bootstrap = { configured: true, corpId: 'ding1', clientId: 'client1', logins: { dingtalk: true, browser: true }, crm: 'embedded', locale: 'zh-CN' }

interface Over {
  inContainer?: boolean
  corpId?: string | null
  bootstrap?: Partial<Bootstrap>
}

/** The session machine on fakes: every effect is a spy, codes are numbered, sleeping takes no time. */
export function fakeSession(over: Over = {}) {
  let codes = 0
  const api = {
    current: vi.fn<SessionDeps['api']['current']>(async () => {
      throw unauthenticated()
    }),
    bootstrap: vi.fn(async () => ({ ...bootstrap, ...over.bootstrap })),
    exchange: vi.fn<SessionDeps['api']['exchange']>(async () => person('zhang')),
    end: vi.fn(async () => {}),
    report: vi.fn<SessionDeps['api']['report']>(async () => 'ABC234'),
  }
  const container = { inContainer: over.inContainer ?? true, warmUp: vi.fn(async () => {}), requestLoginCode: vi.fn(async () => `code${++codes}`) }
  let now = 1_000_000
  const page = {
    corpId: over.corpId ?? null,
    reload: vi.fn(),
    startOAuth: vi.fn(),
    show: vi.fn(),
    cookiesEnabled: vi.fn(() => true),
    now: () => now,
    sleep: vi.fn(async (ms: number) => {
      now += ms
    }),
    random: () => 0,
    pass: (ms: number) => {
      now += ms
    },
  }
  return { api, container, page, machine: createSession({ api, container, page }) }
}
