import type { RequestHandler } from 'express'

/**
 * Serves everything under PUBLIC_URL's path as well as at the root, so that it does not matter
 * whether a reverse proxy in front keeps the prefix or strips it.
 */
export function stripBasePath(basePath: string): RequestHandler {
  return (req, _res, next) => {
    if (basePath && (req.url === basePath || req.url.startsWith(`${basePath}/`) || req.url.startsWith(`${basePath}?`)))
      req.url = req.url.slice(basePath.length).replace(/^(?!\/)/, '/')
    next()
  }
}
