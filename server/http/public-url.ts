import type { Request } from 'express'

/** Where users reach this server: PUBLIC_URL when it is set, else what the request itself says. */
export interface PublicUrl {
  /** Without a trailing slash, path included. */
  of: (req: Request) => string
  /** Path prefix, "" or "/crm". */
  basePath: string
  isHttps: (req: Request) => boolean
  isOwnOrigin: (origin: string, req: Request) => boolean
  /** PUBLIC_URL as configured, for texts outside a request. */
  configured: string | undefined
}

export function createPublicUrl(configured: string | undefined): PublicUrl {
  const fixed = configured === undefined ? undefined : new URL(configured)
  const originOf = (req: Request) => fixed?.origin ?? `${req.protocol}://${req.host}`
  const basePath = fixed ? fixed.pathname.replace(/\/$/, '') : ''
  return {
    of: req => originOf(req) + basePath,
    basePath,
    isHttps: req => originOf(req).startsWith('https:'),
    isOwnOrigin: (origin, req) => origin === originOf(req),
    configured,
  }
}
