import type { ApiErrorBody } from '#contract/errors.ts'

export interface Answer<T> {
  status: number
  headers: Headers
  body: T
  /** The error of a refused request. */
  error: ApiErrorBody
}

/** A browser as the API sees it: keeps cookies, sends JSON. */
export function createClient(baseUrl: string) {
  const cookies = new Map<string, string>()
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

  async function call<T = unknown>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const response = await fetch(baseUrl + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookies.size > 0 && { cookie: cookie() }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      const gone = value === '' || attributes.some(attribute => /^\s*expires=Thu, 01 Jan 1970/i.test(attribute))
      gone ? cookies.delete(name) : cookies.set(name, decodeURIComponent(value))
    }
    const text = await response.text()
    const parsed = response.headers.get('content-type')?.includes('json') && text ? (JSON.parse(text) as T & { error: ApiErrorBody }) : undefined
    return { status: response.status, headers: response.headers, body: (parsed ?? text) as T, error: parsed?.error as ApiErrorBody }
  }

  return {
    cookies,
    /** The header that a request of one's own takes along. */
    cookie,
    get: <T>(path: string, headers?: Record<string, string>) => call<T>('GET', path, undefined, headers),
    post: <T>(path: string, body?: unknown, headers?: Record<string, string>) => call<T>('POST', path, body, headers),
    put: <T>(path: string, body?: unknown, headers?: Record<string, string>) => call<T>('PUT', path, body, headers),
    patch: <T>(path: string, body?: unknown, headers?: Record<string, string>) => call<T>('PATCH', path, body, headers),
    delete: <T>(path: string, headers?: Record<string, string>) => call<T>('DELETE', path, undefined, headers),
  }
}

export type Client = ReturnType<typeof createClient>
