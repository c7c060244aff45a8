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

/** Stops of an address in a text, Chinese ones and full-width twins included. */
const end = String.raw`\s"'<>()[\]［］＜＞（）《》“”，。；`
const host = String.raw`[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}`
/** Ends of names that clients make into links without anything around them; any other end only before a path. */
const common = 'com|cn|net|org|io|co|cc|me|tv|top|xyz|info|biz|app|dev|site|online|shop|club|vip|link|ltd|tech|ru|uk|de|jp|hk|tw'

/** Everything in a text that a client could make into a link: longer forms first, so that none is read again as a shorter one. */
const addresses = new RegExp([
  String.raw`[a-z][a-z\d+.-]*:\/\/[^${end}]+`,
  String.raw`\b(?:mailto|javascript|vbscript|data|file|tel|sms):[^${end}]+`,
  String.raw`(?<![:/\w])\/\/${host}(?:[/?#:][^${end}]*)?`,
  String.raw`\bwww\.[^${end}]+`,
  String.raw`(?<![a-z\d@.-])${host}(?::\d+)?\/[^${end}]*`,
  String.raw`(?<![a-z\d@.-])[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:${common})(?![a-z\d-])`,
].join('|'), 'giu')

/** Where markdown and HTML lead, whatever is written there: inline, by reference, as an attribute. */
const targets = [/\]\(\s*<?([^)>\s]*)/g, /^[ \t]*\[[^\]\n]+\]:[ \t]*<?([^>\s]*)/gm, /\b(?:href|src)\s*=\s*["']?([^"'>\s]*)/gi]

/** A text in pieces: what is an address, ours or foreign, and what stands between. */
export function splitAddresses(text: string, base: string): { text: string, kind: 'words' | 'own' | 'foreign' }[] {
  const { protocol } = new URL(base)
  const complete = (link: string) => (link.startsWith('//') ? protocol + link : /^[a-z][a-z\d+.-]*:(?!\d)/i.test(link) ? link : `${protocol}//${link}`)
  let end = 0
  const pieces = [...text.matchAll(addresses)].flatMap(({ 0: link, index }) => {
    const words = text.slice(end, index)
    end = index + link.length
    return [{ text: words, kind: 'words' as const }, { text: link, kind: isAllowedLink(complete(link), base) ? 'own' as const : 'foreign' as const }]
  })
  return [...pieces, { text: text.slice(end), kind: 'words' }]
}

/** Addresses in a text that lead elsewhere; the target of a markdown link must be a whole address of ours. */
export function foreignLinks(text: string, base: string): string[] {
  const written = splitAddresses(text, base).filter(({ kind }) => kind === 'foreign').map(piece => piece.text)
  const led = targetsIn(text).filter(link => !isAllowedLink(link, base))
  return [...new Set([...written, ...led])]
}

/** Targets of the links of a markdown text. */
export function targetsIn(text: string): string[] {
  return targets.flatMap(pattern => [...text.matchAll(pattern)].map(([, target]) => target ?? ''))
}
