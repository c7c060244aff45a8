import type { SetCookie } from 'cookie'
import { parseSetCookie } from 'cookie'

interface StoredCookie {
  name: string
  value: string
  path: string
  httpOnly: boolean
  /** Milliseconds since the epoch; undefined for a session cookie. */
  expires: number | undefined
}

/** Values travel as they were written; decoding is the reader's business. */
const raw = { decode: (value: string) => value }

/**
 * The cookies of one device's webview, kept on this side because a frame on `*.localhost` inside the
 * `localhost` workbench is cross-site: the browser itself would drop SameSite=Lax cookies. A webview has no
 * embedding page, so SameSite never blocks anything here; HttpOnly keeps its meaning.
 */
export class CookieJar {
  private readonly cookies = new Map<string, StoredCookie>()

  /** Stores one Set-Cookie header value received for `requestPath`; an expired one deletes. */
  receive(header: string, requestPath: string): void {
    this.store(parseSetCookie(header, raw), requestPath, true)
  }

  /** Stores an assignment to `document.cookie`: it can neither set nor replace HttpOnly cookies. */
  assign(text: string, documentPath: string): void {
    const cookie = parseSetCookie(text, raw)
    const existing = this.cookies.get(keyOf(cookie.name, pathOf(cookie, documentPath)))
    if (!cookie.httpOnly && !existing?.httpOnly)
      this.store(cookie, documentPath, false)
  }

  /** The Cookie header for a request, undefined when there is nothing to send. */
  header(requestPath: string): string | undefined {
    return this.join(requestPath, () => true) || undefined
  }

  /** What `document.cookie` shows at this path. */
  visible(documentPath: string): string {
    return this.join(documentPath, cookie => !cookie.httpOnly)
  }

  clear(): void {
    this.cookies.clear()
  }

  get size(): number {
    return this.live().length
  }

  private store(cookie: SetCookie, requestPath: string, fromServer: boolean): void {
    const path = pathOf(cookie, requestPath)
    const expires = cookie.maxAge === undefined ? cookie.expires?.getTime() : Date.now() + cookie.maxAge * 1000
    const key = keyOf(cookie.name, path)
    if (expires !== undefined && expires <= Date.now()) {
      this.cookies.delete(key)
    }
    else {
      this.cookies.set(key, { name: cookie.name, value: cookie.value ?? '', path, httpOnly: fromServer && cookie.httpOnly === true, expires })
    }
  }

  private live(): StoredCookie[] {
    return [...this.cookies.values()].filter(cookie => cookie.expires === undefined || cookie.expires > Date.now())
  }

  private join(path: string, keep: (cookie: StoredCookie) => boolean): string {
    const found = this.live().filter(cookie => keep(cookie) && covers(cookie.path, path))
    found.sort((a, b) => b.path.length - a.path.length)
    return found.map(cookie => `${cookie.name}=${cookie.value}`).join('; ')
  }
}

function keyOf(name: string, path: string): string {
  return `${name};${path}`
}

/** RFC 6265 §5.1.4: without a Path attribute, the directory of the request path. */
function pathOf(cookie: SetCookie, requestPath: string): string {
  if (cookie.path?.startsWith('/'))
    return cookie.path
  const directory = requestPath.slice(0, requestPath.lastIndexOf('/'))
  return directory || '/'
}

function covers(cookiePath: string, requestPath: string): boolean {
  return requestPath === cookiePath || (requestPath.startsWith(cookiePath) && (cookiePath.endsWith('/') || requestPath[cookiePath.length] === '/'))
}
