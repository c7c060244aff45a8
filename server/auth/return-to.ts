/**
 * The page to come back to after a login: a path of ours, or "/" for anything else. Login codes and
 * states that DingTalk may have left in it are removed.
 */
export function safeReturnTo(given: string | undefined): string {
  // Browsers read "\" as "/", so "/\example.com" would leave our site; control characters are dropped by them.
  if (!given || !/^\/(?![/\\])/.test(given) || /[\p{Cc}\\]/u.test(given))
    return '/'
  const url = new URL(given, 'http://own.invalid')
  if (url.origin !== 'http://own.invalid' || url.pathname.startsWith('//') || url.pathname.startsWith('/api/'))
    return '/'
  for (const name of ['code', 'authCode', 'state']) url.searchParams.delete(name)
  return url.pathname + url.search + url.hash
}
