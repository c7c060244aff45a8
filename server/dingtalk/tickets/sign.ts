import { createHash } from 'node:crypto'

/** What goes into a dd.config signature. */
export interface SignInput {
  ticket: string
  nonceStr: string
  /** Milliseconds since 1970 as text, the same as given to dd.config. */
  timeStamp: string
  /** `location.href` of the entry page. */
  url: string
}

/** The dd.config signature: lowercase hex SHA-256 over lower-case names (dingtalk-server-api §6). */
export function sign({ ticket, nonceStr, timeStamp, url }: SignInput): string {
  const plain = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timeStamp}&url=${signedUrl(url)}`
  return createHash('sha256').update(plain, 'utf8').digest('hex')
}

/**
 * The URL as DingTalk compares it: no fragment, the query percent-decoded, all else untouched. The port must
 * stay as the browser shows it (`:80` and none differ), so this does not go through the URL class.
 */
export function signedUrl(url: string): string {
  const [withoutHash = ''] = url.split('#')
  const question = withoutHash.indexOf('?')
  if (question < 0)
    return withoutHash
  const query = withoutHash.slice(question + 1)
  return `${withoutHash.slice(0, question)}?${decoded(query)}`
}

function decoded(query: string): string {
  try {
    return decodeURIComponent(query)
  }
  catch {
    // a stray % cannot be decoded; the client signs it raw as well
    return query
  }
}
