import type { RequestHandler } from 'express'
import type { PublicUrl } from './public-url.ts'
import helmet from 'helmet'

/** Answers that are no pages: data, files and pictures. */
const isData = /^\/api\//

/** What the build writes; any other path may answer a page. */
const isAsset = /^\/assets\/[\w.-]+\.(?:js|css)$/

/** DingTalk's PC client shows pages in frames of its own hosts. */
const framedBy = ['\'self\'', 'https://*.dingtalk.com']

/**
 * Headers for every answer; what is no page needs few. The PC client shows pages in frames, and its older
 * bridges signal through frames with a dingtalk: address. `scriptHashes` allow index.html's inline script.
 */
export function securityHeaders(publicUrl: PublicUrl, scriptHashes: string[]): RequestHandler {
  const https = publicUrl.configured?.startsWith('https:') ?? false
  const forPages = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ['\'self\''],
        'script-src': ['\'self\'', ...scriptHashes.map(hash => `'${hash}'`)],
        'style-src': ['\'self\'', '\'unsafe-inline\''],
        'img-src': ['\'self\'', 'data:', 'blob:', 'https:'],
        'connect-src': ['\'self\''],
        'frame-src': ['\'self\'', 'dingtalk:'],
        'frame-ancestors': framedBy,
        'form-action': ['\'self\''],
        'base-uri': ['\'self\''],
        'object-src': ['\'none\''],
      },
    },
    // frame-ancestors says it better; X-Frame-Options could not name DingTalk.
    xFrameOptions: false,
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https,
  })
  // Nothing runs in an answer of the API, not even where one is opened by itself; half a kilobyte less on each of them.
  const forData = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { 'default-src': ['\'none\''], 'frame-ancestors': framedBy } },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xFrameOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  })
  return (req, res, next) => {
    if (!isAsset.test(req.path))
      return (isData.test(req.path) ? forData : forPages)(req, res, next)
    // Scripts and styles are no documents: the rest, a kilobyte on each of them, would guard nothing.
    res.set({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' })
    next()
  }
}
