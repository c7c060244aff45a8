import type { Sealer } from '../../../settings/seal.ts'
import type { RemoteLogin } from './remote.ts'
import { z } from 'zod'
import { AppError } from '../../../http/app-error.ts'

/** Values that work once, by token; the auth feature's. */
export interface OnceTokens {
  put: (token: string, purpose: 'crm_sso', data: object, lifetimeMs: number) => Promise<void>
  take: (token: string, purpose: 'crm_sso') => Promise<{ data: unknown } | 'unknown' | 'spent'>
}

/** As long as Cordys keeps its state (cordys-api §2.7). */
const lifetimeMs = 10 * 60 * 1000

const pending = z.object({ accountId: z.string(), sessionId: z.string(), returnTo: z.string() })

/**
 * Cordys's login by DingTalk, driven from here (cordys-api §2.7): the state comes from Cordys and waits in a session
 * of its own there; here it is bound to the person who began.
 */
export function createSso({ remote, onceTokens, sealer }: { remote: RemoteLogin, onceTokens: OnceTokens, sealer: Sealer }) {
  const purpose = (accountId: string) => `cordys sso of ${accountId}`
  return {
    /** @returns the state for DingTalk's login page */
    async begin(accountId: string, returnTo: string): Promise<string> {
      const { state, sessionId } = await remote.ssoState()
      const data = { accountId, sessionId: sealer.seal(sessionId, purpose(accountId)), returnTo } satisfies z.infer<typeof pending>
      await onceTokens.put(state, 'crm_sso', data, lifetimeMs)
      return state
    },

    /** @throws {AppError} oauth_state_invalid when the state is not this person's, too old or used */
    async arrive(accountId: string, state: string): Promise<{ sessionId: string, returnTo: string }> {
      const taken = await onceTokens.take(state, 'crm_sso')
      const found = typeof taken === 'string' ? undefined : pending.parse(taken.data)
      if (found?.accountId !== accountId)
        throw new AppError('oauth_state_invalid')
      return { sessionId: sealer.open(found.sessionId, purpose(accountId)), returnTo: found.returnTo }
    },
  }
}

export type Sso = ReturnType<typeof createSso>
