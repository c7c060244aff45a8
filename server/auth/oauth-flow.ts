import type { DingTalk } from '../dingtalk/index.ts'
import type { OnceTokens } from './once-tokens.ts'
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../http/app-error.ts'
import { fromDingTalk } from '../http/dingtalk-error.ts'
import { noteElsewhere } from './trail/index.ts'

const lifetimeMs = 10 * 60 * 1000

const pending = z.object({ browserHash: z.string(), returnTo: z.string(), startedAt: z.number().optional() })

const hash = (value: string) => createHash('sha256').update(value).digest('base64url')
const random = () => randomBytes(24).toString('base64url')

interface Callback {
  code?: string | undefined
  authCode?: string | undefined
  state?: string | undefined
  error?: string | undefined
}

/** The browser login around DingTalk's page: a state that works once, and only in the browser it was made for. */
export function createOAuthFlow({ dingtalk, onceTokens }: { dingtalk: DingTalk, onceTokens: OnceTokens }) {
  return {
    /**
     * `browser` is the cookie's value when there is one: two tabs that log in at once share it.
     * @returns where to send the browser, and the value of the cookie that binds the state to it
     */
    async start({ returnTo, redirectUri, browser = random() }: { returnTo: string, redirectUri: string, browser?: string | undefined }) {
      const state = random()
      const url = await dingtalk.oauth.authorizeUrl({ redirectUri, state }).catch(fromDingTalk)
      await onceTokens.put(state, 'oauth_state', { browserHash: hash(browser), returnTo, startedAt: Date.now() } satisfies z.infer<typeof pending>, lifetimeMs)
      return { url, browser, lifetimeMs }
    },

    /**
     * Checks what came back. `not-ours`: the state was never made here, as when a homepage of the fixed-state
     * form opens this address; its code is nobody's login and is not used.
     */
    async finish(
      { code, authCode = code, state, error }: Callback,
      browser: string | undefined,
    ): Promise<'not-ours' | { authCode: string, returnTo: string }> {
      const taken = state === undefined ? 'unknown' : await onceTokens.take(state, 'oauth_state')
      if (taken === 'unknown')
        return 'not-ours'
      if (taken === 'spent')
        throw new AppError('oauth_state_invalid')
      const { browserHash, returnTo, startedAt } = pending.parse(taken.data)
      if (startedAt !== undefined)
        noteElsewhere('dingtalk_page', Date.now() - startedAt)
      if (browser === undefined || hash(browser) !== browserHash)
        throw new AppError('oauth_state_invalid')
      if (error !== undefined || !authCode)
        throw new AppError('oauth_refused')
      return { authCode, returnTo }
    },
  }
}

export type OAuthFlow = ReturnType<typeof createOAuthFlow>
