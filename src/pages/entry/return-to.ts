import { returnAddress } from '../../stores/session/marks.ts'

/**
 * The page somebody wanted before they had to log in: from the query, else remembered from before
 * the trip to DingTalk. Only paths of ours; anything else, and the door itself, leads to the workbench.
 */
export function safeReturnTo(query: unknown): string {
  const wanted = typeof query === 'string'
    ? query
    : returnAddress.get() ?? '/'
  const ours = /^\/(?![/\\])/.test(wanted) && !/^\/(?:entry|logged-out)(?:[/?#]|$)/.test(wanted)
  return ours ? wanted : '/'
}
