import type { CookieOptions, Request, Response } from 'express'
import type { Env } from '../env.ts'
import type { PublicUrl } from '../http/public-url.ts'
import { parseCookie } from 'cookie'

const sessionName = 'crm_session'
const browserName = 'crm_oauth'
const visitorName = 'crm_visitor'
const problemName = 'crm_problem'

/** The cookies: the session; what binds a browser login to the browser that began it; whom a failed login found, and what it failed at. */
export function createCookies(env: Pick<Env, 'COOKIE_SAMESITE'>, publicUrl: PublicUrl) {
  const common = (req: Request): CookieOptions => ({
    httpOnly: true,
    secure: publicUrl.isHttps(req),
    path: publicUrl.basePath || '/',
    sameSite: env.COOKIE_SAMESITE,
  })
  const read = (req: Request, name: string) => {
    const value = parseCookie(req.headers.cookie ?? '')[name]
    return value && value.length <= 200 ? value : undefined
  }

  return {
    session: (req: Request) => read(req, sessionName),
    setSession: (req: Request, res: Response, token: string, expires: Date) => res.cookie(sessionName, token, { ...common(req), expires }),
    clearSession: (req: Request, res: Response) => res.clearCookie(sessionName, common(req)),

    visitor: (req: Request) => read(req, visitorName),
    setVisitor: (req: Request, res: Response, token: string, maxAge: number) => res.cookie(visitorName, token, { ...common(req), maxAge }),
    clearVisitor: (req: Request, res: Response) => res.clearCookie(visitorName, common(req)),

    problem: (req: Request) => read(req, problemName),
    setProblem: (req: Request, res: Response, ticket: string, maxAge: number) => res.cookie(problemName, ticket, { ...common(req), maxAge }),

    browser: (req: Request) => read(req, browserName),
    /**
     * Kept until it expires: another tab may be at DingTalk's page with it. Lax even where the session cookie is
     * stricter: DingTalk's page sends the browser back from another site.
     */
    setBrowser: (req: Request, res: Response, value: string, maxAge: number) =>
      res.cookie(browserName, value, { ...common(req), sameSite: env.COOKIE_SAMESITE === 'none' ? 'none' : 'lax', maxAge }),
  }
}

export type Cookies = ReturnType<typeof createCookies>
