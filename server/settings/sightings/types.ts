import { z } from 'zod'

/**
 * What is watched. `egressIp` knows failures only: DingTalk names the address when it refuses it. The homepages are
 * seen by logins that began at one; `jsapi` is a client's own verdict on our page signature.
 */
export type SightingKind = 'loginCode' | 'homepageMobile' | 'homepagePc' | 'oauthCallback' | 'browserLogin' | 'jsapi' | 'notification' | 'egressIp'

/** Under which circumstances it worked: a sighting under others proves nothing. */
export const okDetail = z.object({ agentId: z.string().optional(), url: z.string().optional() })
export type OkDetail = z.infer<typeof okDetail>

/** A DingTalkError as far as it is explained from. */
export const failure = z.object({
  reason: z.string(),
  errcode: z.number().optional(),
  text: z.string().optional(),
  ip: z.string().optional(),
  appKey: z.string().optional(),
  clientId: z.string().optional(),
  requiredScopes: z.array(z.string()).optional(),
  applyUrl: z.string().optional(),
  httpStatus: z.number().optional(),
  requestId: z.string().optional(),
  /** The AgentId that was used, of a notification. */
  agentId: z.string().optional(),
})
export type Failure = z.infer<typeof failure>

export interface Sighting {
  okAt: Date | null
  ok: OkDetail
  failedAt: Date | null
  failed: Failure | undefined
}

/** What a sighting is about: this app in this company. */
export function appKeyOf({ corpId, clientId }: { corpId: string | null, clientId: string | null }): string | undefined {
  return corpId && clientId ? `${corpId} ${clientId}` : undefined
}
