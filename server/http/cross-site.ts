import type { Request, RequestHandler } from 'express'
import type { PublicUrl } from './public-url.ts'
import { AppError } from './app-error.ts'

const notOfForms = ['application/json', 'application/octet-stream', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'image/*']
const readOnly = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses state-changing requests that a page of another site made the browser send. Browsers say
 * where a request comes from in Sec-Fetch-Site, or in Origin where they are older; a request with
 * neither does not come from a page. Bodies must be JSON, or bytes where a route takes them: what no form can send.
 */
export function refuseCrossSite(publicUrl: PublicUrl): RequestHandler {
  return (req, _res, next) => {
    if (readOnly.has(req.method))
      return next()
    const { origin } = req.headers
    const site = req.headers['sec-fetch-site']
    if (origin !== undefined ? !publicUrl.isOwnOrigin(origin, req) : site !== undefined && site !== 'same-origin' && site !== 'none') {
      throw new AppError('cross_site')
    }
    if (hasBody(req) && !req.is(notOfForms))
      throw new AppError('unsupported_media_type')
    next()
  }
}

function hasBody(req: Request): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
}
