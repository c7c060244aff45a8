import { api } from './api.js'
import { tell } from './dom.js'

/** Resolves a link on a device and opens it where it belongs; `null` is the app's tile in 工作台. */
export async function follow(host, link, show) {
  const opening = await api.resolve(host, link ?? undefined)
  if (opening.surface === 'invalid')
    tell(opening.reason)
  else if (opening.surface === 'external')
    window.open(opening.url, '_blank', 'noopener')
  else
    show(opening)
}
