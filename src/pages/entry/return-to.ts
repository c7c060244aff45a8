import { returnAddress } from '../../stores/session/marks.ts'

/**
 * The page somebody wanted before they had to log in: from the query, else remembered from before
 * the trip to DingTalk. Only paths of ours; anything else, and the door itself, leads to the workbench.
 */
export function safeReturnTo(query: unknown): string {
  const wanted = typeof query === 'string' ? query : (returnAddress.get() ?? '/')
  const ours = /^\/(?![/\\])/.test(wanted) && !/^\/(?:entry|logged-out)(?:[/?#]|$)/.test(wanted)
  return ours ? withoutCorp(wanted) : '/'
}

/** The company in an address is for the login it was opened with; kept, it would be held against the next one. */
function withoutCorp(path: string): string {
  const { pathname, searchParams, hash } = new URL(path, 'http://ours.invalid')
  if (!searchParams.has('corpId') && !searchParams.has('corpid'))
    return path
  searchParams.delete('corpId')
  searchParams.delete('corpid')
  const query = String(searchParams)
  return pathname + (query && `?${query}`) + hash
}
