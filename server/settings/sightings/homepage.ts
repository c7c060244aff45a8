import type { SightingKind } from './types.ts'

/** The homepage by which a page was opened. */
export interface Homepage {
  kind: Extract<SightingKind, 'homepageMobile' | 'homepagePc'>
  url: string
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
 * Whether a page was opened from the workbench. DingTalk puts the company into the homepage's address only when the
 * workbench opens it (dingtalk-jsapi §4), and every address of ours that leads to the same page by another way is
 * marked with `via`: so exactly this address is the workbench. A fixed state is what the homepage's other form brings
 * along. What other links carry is their own affair.
 */
export function homepageOf({ openedAt, userAgent = '', corpId, base }: Opened): Homepage | undefined {
  if (!openedAt.startsWith('/') || !URL.canParse(openedAt, base))
    return undefined
  const { pathname, searchParams } = new URL(openedAt, base)
  const { origin, pathname: home } = new URL(`${base}/`)
  const [only, ...others] = [...searchParams].map(([name, value]) => `${name}=${value}`)
  if (pathname !== home || only === undefined || others.length > 0 || ![`corpId=${corpId}`, `corpid=${corpId}`, 'state=dingtalk'].includes(only))
    return undefined
  return { kind: /iPhone|iPad|iPod|iOS|Android|OpenHarmony/i.test(userAgent) ? 'homepageMobile' : 'homepagePc', url: `${origin}${pathname}?${only}` }
}
