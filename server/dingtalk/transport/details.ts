import { z } from 'zod'

/** The variable parts that DingTalk hides in its message texts. */
export interface TextDetails {
  ip?: string
  appKey?: string
  requiredScopes?: string[]
  applyUrl?: string
}

const scopesBody = z.object({
  accessdenieddetail: z.object({ requiredScopes: z.array(z.string()) }).optional(),
  accessDeniedDetail: z.object({ requiredScopes: z.array(z.string()) }).optional(),
})

/** Reads IP, app key, missing permission points and the apply link out of an error (dingtalk-server-api §1.7, §8.5). */
export function readDetails(text: string, body: unknown): TextDetails {
  const denied = scopesBody.safeParse(body).data
  const requiredScopes = (denied?.accessdenieddetail ?? denied?.accessDeniedDetail)?.requiredScopes ?? scopesInText(text)
  return {
    ip: /request ip\s*[=:]\s*(\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)/i.exec(text)?.[1],
    appKey: /appKey\(([^)]+)\)/i.exec(text)?.[1],
    requiredScopes: requiredScopes?.length ? requiredScopes : undefined,
    // only DingTalk's own console may become a link in our pages
    applyUrl: /https:\/\/open-dev\.dingtalk\.com\/appscope\/apply\?[\w.~%=&-]+/.exec(text)?.[0],
  }
}

function scopesInText(text: string): string[] | undefined {
  const list = /requiredScopes=\[([^\]]+)\]/.exec(text)?.[1] ?? /所需的权限[：:]\s*\[([^\]]+)\]/.exec(text)?.[1]
  return list?.split(/[,，\s]+/).filter(Boolean)
}

/**
 * Seconds until the end time that a global throttle names ("…限制将在 T3 结束", dingtalk-server-api §9.1),
 * read as Beijing time; undefined when there is none. Between 1 and 600.
 */
export function secondsUntilNamedEnd(text: string, nowMs: number): number | undefined {
  const named = /限制将在\s*(\d{13}|\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2})/.exec(text)?.[1]
  if (!named)
    return undefined
  const end = /^\d{13}$/.test(named) ? Number(named) : Date.parse(`${named.replace(' ', 'T')}+08:00`)
  return Number.isNaN(end) ? undefined : Math.min(600, Math.max(1, Math.ceil((end - nowMs) / 1000)))
}
