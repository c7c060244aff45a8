import type { Sandbox, SandboxOptions } from '../../../sandbox/index.ts'
import { startSandbox } from '../../../sandbox/index.ts'

export type Json = Record<string, unknown>
export interface Reply {
  status: number
  text: string
  body: Json
  headers: Headers
}

/** A sandbox over real HTTP and a client that speaks both families without any knowledge of the product. */
export interface TestPlatform extends Sandbox {
  token: string
  /** Old family, JSON body, token in the query. */
  old: (path: string, body?: Json, token?: string) => Promise<Json>
  /** New family, token in the header; `null` sends none. */
  modern: (method: 'GET' | 'POST', path: string, body?: Json, token?: string | null) => Promise<Reply>
  raw: (path: string, init?: RequestInit) => Promise<Reply>
}

async function readReply(response: Response): Promise<Reply> {
  const text = await response.text()
  let body: Json = {}
  try {
    body = JSON.parse(text) as Json
  }
  catch {
    // Broken on purpose by some tests; `text` has it.
  }
  return { status: response.status, text, body, headers: response.headers }
}

/** Starts on a free port with a valid app token; calls per second are unlimited unless `settings` say otherwise. */
export async function startTestPlatform(options: SandboxOptions = {}): Promise<TestPlatform> {
  const sandbox = await startSandbox({ withContainer: false, ...options, settings: { rates: { perApi: null }, ...options.settings } })
  const raw = async (path: string, init: RequestInit = {}): Promise<Reply> =>
    readReply(await fetch(sandbox.platformUrl + path, { redirect: 'manual', ...init }))
  const json = { 'content-type': 'application/json' }
  const { body } = await raw('/v1.0/oauth2/accessToken', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ appKey: sandbox.app.clientId, appSecret: sandbox.app.clientSecret }),
  })
  const test: TestPlatform = {
    ...sandbox,
    token: String(body.accessToken),
    raw,
    old: async (path, input = {}, given = test.token) =>
      (await raw(`${path}?access_token=${given}`, { method: 'POST', headers: json, body: JSON.stringify(input) })).body,
    modern: (method, path, input, given = test.token) =>
      raw(path, {
        method,
        headers: { ...json, ...(given === null ? {} : { 'x-acs-dingtalk-access-token': given }) },
        ...(input === undefined ? {} : { body: JSON.stringify(input) }),
      }),
  }
  return test
}
