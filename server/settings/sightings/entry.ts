import type { SightingKind, WayOfEntry } from './types.ts'

/** Where a page load began, as far as its login tells. */
export interface Entry {
  way: WayOfEntry
  url: string
  device: 'phone' | 'pc'
}

interface Opened {
  /** Path and query the page was opened with. */
  openedAt: string
  userAgent: string | undefined
  corpId: string
  /** Where users reach this server. */
  base: string
}

/**
 * How a page was opened. DingTalk puts the company into the homepage's address only when the workbench opens it
 * (dingtalk-jsapi §4), and every address of ours that leads to the same page by another way is marked with `via`:
 * so exactly this address is the workbench. A fixed state is what the homepage's other form brings along.
 */
export function entryOf({ openedAt, userAgent = '', corpId, base }: Opened): Entry | undefined {
  if (!openedAt.startsWith('/') || !URL.canParse(openedAt, base))
    return undefined
  const { pathname, searchParams } = new URL(openedAt, base)
  const { origin, pathname: home } = new URL(`${base}/`)
  const device = /iPhone|iPad|iPod|iOS|Android|OpenHarmony/i.test(userAgent) ? 'phone' : 'pc'
  const query = [...searchParams].map(([name, value]) => `${name}=${value}`)
  const [only, ...others] = query
  const isHome = pathname === home && only !== undefined && others.length === 0 && [`corpId=${corpId}`, `corpid=${corpId}`, 'state=dingtalk'].includes(only)
  const way = isHome ? 'homepage' : pathname === home && searchParams.get('via') === 'qr' ? 'qr' : 'link'
  // What other links carry is their own affair.
  return { way, device, url: `${origin}${pathname}${way === 'link' ? '' : `?${query.join('&')}`}`.slice(0, 500) }
}

/** The homepage that a login has shown to be right, if any. */
export function sightingOfHomepage({ way, device }: Entry): Extract<SightingKind, 'homepageMobile' | 'homepagePc'> | undefined {
  if (way !== 'homepage')
    return undefined
  return device === 'phone' ? 'homepageMobile' : 'homepagePc'
}
