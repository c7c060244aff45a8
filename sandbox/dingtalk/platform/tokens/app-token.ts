import type { Clock } from '../world/clock.ts'
import { opaque } from '../world/ids.ts'

export const TOKEN_LIFE_MS = 7200_000

/** The app's one access token, valid on both hosts (dingtalk-server-api §1.3). */
export interface AppTokens {
  /** Hands out the token: the same one renewed while it lives, a new one afterwards. */
  issue: () => { token: string, expiresInS: number }
  isValid: (token: string) => boolean
  /** Kills the token at once, as if its time had come. */
  expire: () => void
}

export function createAppTokens(clock: Clock): AppTokens {
  let current: { token: string, expiresAt: number } | undefined
  return {
    issue() {
      const now = clock.now()
      if (current === undefined || current.expiresAt <= now) {
        current = { token: opaque(), expiresAt: 0 }
      }
      current.expiresAt = now + TOKEN_LIFE_MS
      return { token: current.token, expiresInS: TOKEN_LIFE_MS / 1000 }
    },
    isValid: token => current !== undefined && current.token === token && current.expiresAt > clock.now(),
    expire: () => {
      current = undefined
    },
  }
}
