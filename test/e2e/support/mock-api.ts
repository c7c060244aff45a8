import type { Page, Route } from 'playwright-core'
import type { ErrorCode, FieldIssue } from '#contract/errors.ts'
import type { Api, ApiKey, ApiOutput } from '#contract/index.ts'
import { ZodError } from 'zod'
import { errorStatus } from '#contract/errors.ts'
import { api } from '#contract/index.ts'

/** One request as a handler sees it. */
export interface MockCall {
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  body: Record<string, unknown>
}

/** Answers a route; throw a `MockError` to refuse. */
export type MockHandlers = { [K in ApiKey]?: (call: MockCall) => Answer<K> | Promise<Answer<K>> }

/** A stream may answer with several events. */
type Answer<K extends ApiKey> = ApiOutput<K> | (Api[K] extends { stream: true } ? readonly ApiOutput<K>[] : never)

/** An error answer as the server sends it. */
export class MockError extends Error {
  readonly code: ErrorCode
  readonly issues: FieldIssue[] | undefined

  constructor(code: ErrorCode, message: string, issues?: FieldIssue[]) {
    super(message)
    this.code = code
    this.issues = issues
  }
}

/**
 * Answers every `/api` request of a page from handlers typed by the contract, so that the pages can
 * be worked on and tested without a server. What is sent and answered must fit the contract's schemas.
 */
export async function mockApi(page: Page, handlers: MockHandlers): Promise<void> {
  await page.route('**/api/**', route => answer(route, handlers))
}

async function answer(route: Route, handlers: MockHandlers) {
  const request = route.request()
  const url = new URL(request.url())
  const found = find(request.method(), url.pathname)
  const handler = found && handlers[found.key]
  if (!found || !handler)
    return refuse(route, new MockError('not_found', `没有模拟 ${request.method()} ${url.pathname}`))
  const spec = api[found.key]
  const raw = 'raw' in spec
  const call: MockCall = { params: found.params, query: url.searchParams, body: raw ? {} : ((request.postDataJSON() ?? {}) as Record<string, unknown>) }
  try {
    if ('body' in spec && !raw && request.postData() !== null)
      spec.body.parse(call.body)
    const answered = await handler(call)
    if ('stream' in spec) {
      const events = (Array.isArray(answered) ? answered : [answered]).map(event => `data: ${JSON.stringify(spec.response.parse(event))}\n\n`)
      // What is only read goes on for as long as somebody follows it; what was asked for by POST has an end.
      const [begin, end] = request.method() === 'POST' ? ['', 'event: end\ndata: {}\n\n'] : ['retry: 100\n', '']
      return await route.fulfill({ contentType: 'text/event-stream', body: begin + events.join('') + end })
    }
    const output = spec.response.parse(answered)
    await route.fulfill({ status: 'status' in spec ? spec.status : 200, ...(output !== undefined && { json: output }) })
  }
  catch (error) {
    await refuse(route, asMockError(error))
  }
}

/** What does not fit the contract is refused as the server does it, by field. */
function asMockError(error: unknown): MockError {
  if (error instanceof MockError)
    return error
  if (error instanceof ZodError) {
    return new MockError(
      'validation_failed',
      '有内容不符合要求。',
      error.issues.map(issue => ({ path: issue.path.join('.'), message: issue.message })),
    )
  }
  return new MockError('internal', String(error))
}

function refuse(route: Route, { code, message, issues }: MockError) {
  return route.fulfill({ status: errorStatus[code], json: { error: { code, message, requestId: 'req-mock', ...(issues && { issues }) } } })
}

/** The declared route a request belongs to; fixed paths win over `:id`. */
function find(method: string, path: string): { key: ApiKey, params: Record<string, string> } | undefined {
  const keys = (Object.keys(api) as ApiKey[]).filter(key => key.startsWith(`${method} `)).sort((a, b) => a.split(':').length - b.split(':').length)
  for (const key of keys) {
    const pattern = key.slice(key.indexOf(' ') + 1).replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')
    const match = new RegExp(`^${pattern}$`).exec(path)
    if (match)
      return { key, params: { ...match.groups } }
  }
}
