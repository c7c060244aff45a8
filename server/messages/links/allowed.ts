/** Parameters in which DingTalk's own links carry another address (dingtalk-server-api §5.4). */
const carriers = ['url', 'redirect_url', 'fallbackLink', 'path', 'pathAndroid', 'pathIos', 'pathPc']

/**
 * Whether a message may lead there: our own host, `applink.dingtalk.com` and `dingtalk://`, and in the latter two
 * whatever address they carry again.
 */
export function isAllowedLink(link: string, base: string): boolean {
  if (!URL.canParse(link) || /[\s\p{Cc}\\]/u.test(link))
    return false
  const url = new URL(link)
  if (url.username || url.password)
    return false
  const own = new URL(base)
  if (url.origin === own.origin && url.origin !== 'null')
    return within(url.pathname, own.pathname)
  const dingtalk = url.protocol === 'dingtalk:' || (url.protocol === 'https:' && url.host === 'applink.dingtalk.com')
  return dingtalk && carriers.flatMap(name => url.searchParams.getAll(name)).every(carried => isAllowedCarried(carried, base))
}

function within(path: string, basePath: string): boolean {
  const prefix = basePath.replace(/\/$/, '')
  return prefix === '' || path === prefix || path.startsWith(`${prefix}/`)
}

/** A path is relative to the app's home page, which is ours; `//host` is not a path. */
function isAllowedCarried(carried: string, base: string): boolean {
  return carried === '' || /^\/(?![/\\])/.test(carried) || isAllowedLink(carried, base)
}

/** Everything in a text that a client could make into a link. */
const addresses = /[a-z][a-z\d+.-]*:\/\/[^\s"'<>()[\]（）《》“”，。；]+|\bwww\.[^\s"'<>()[\]（）《》“”，。；]+/giu

/** Addresses in a text that lead elsewhere. */
export function foreignLinks(text: string, base: string): string[] {
  return (text.match(addresses) ?? []).filter(link => !isAllowedLink(link, base))
}
