import type { Clock } from '../world/clock.ts'
import type { ExpiringMap } from '../world/expiring.ts'
import { createExpiringMap } from '../world/expiring.ts'
import { opaque } from '../world/ids.ts'
import { TOKEN_LIFE_MS } from './app-token.ts'

const REFRESH_LIFE_MS = 30 * 86_400_000

/** What a person agreed to on the OAuth page. */
export interface Grant {
  userid: string
  unionid: string
  /** True when the scope contained `corpid`: the answer then tells the corpId. */
  withCorpId: boolean
}

export interface UserTokens {
  /** Same access token renewed while it lives (dingtalk-server-api §3.3); the refresh token is always new. */
  issue: (grant: Grant) => { accessToken: string, refreshToken: string, expiresInS: number }
  grantOfRefresh: (refreshToken: string) => Grant | undefined
  grantOf: (accessToken: string) => Grant | undefined
  /** Was a user token once, now dead: another error than for a stranger's string. */
  wasIssued: (accessToken: string) => boolean
  expire: () => void
}

export function createUserTokens(clock: Clock): UserTokens {
  const alive: ExpiringMap<Grant> = createExpiringMap(clock)
  const remembered: ExpiringMap<true> = createExpiringMap(clock)
  const refresh: ExpiringMap<Grant> = createExpiringMap(clock)
  const latest = new Map<string, string>()
  return {
    issue(grant) {
      const key = `${grant.unionid} ${grant.withCorpId}`
      const known = latest.get(key)
      const accessToken = known !== undefined && alive.get(known) !== undefined ? known : opaque()
      const refreshToken = opaque()
      latest.set(key, accessToken)
      alive.set(accessToken, grant, TOKEN_LIFE_MS)
      remembered.set(accessToken, true, REFRESH_LIFE_MS)
      refresh.set(refreshToken, grant, REFRESH_LIFE_MS)
      return { accessToken, refreshToken, expiresInS: TOKEN_LIFE_MS / 1000 }
    },
    grantOfRefresh: token => refresh.get(token),
    grantOf: token => alive.get(token),
    wasIssued: token => remembered.get(token) === true,
    expire: () => alive.clear(),
  }
}
