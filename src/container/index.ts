import type { ContainerGlobals } from './detect.ts'
import type { LoginApp } from './login.ts'
import type { Sdk } from './types.ts'
import { onScopeDispose } from 'vue'
import { detectContainer } from './detect.ts'
import { ContainerError } from './errors.ts'
import { loadOnce } from './load.ts'
import { requestLoginCode } from './login.ts'
import { withTimeout } from './timeout.ts'

export { AccessRefused, ContainerError } from './errors.ts'
export type { ContainerErrorKind } from './errors.ts'

/** Milliseconds for everything but the login. */
const callTimeout = 5000

export interface ContainerOptions {
  globals?: ContainerGlobals
  /** Fetches the SDK; called at most once per page, and never outside DingTalk. */
  loadSdk?: () => Promise<Sdk>
  document?: Pick<Document, 'addEventListener' | 'removeEventListener'>
}

/** The DingTalk client around this page, or its absence. Globals are injectable for tests. */
export function useContainer(options: ContainerOptions = {}) {
  const { globals = window, loadSdk = loadOnce, document: page = globalThis.document } = options
  const { inContainer, platform } = detectContainer(globals)

  async function sdk(): Promise<Sdk> {
    if (!inContainer)
      throw new ContainerError('notInDingTalk', '4040', 'not inside a DingTalk client')
    return loadSdk()
  }

  return {
    /** False in browsers: every call would answer `notInDingTalk`. */
    isSupported: inContainer,
    inContainer,
    platform,
    /** The client draws title and back button above the page; ours would be a second one. */
    hasNativeBar: inContainer && platform === 'phone',
    /** Fetches the SDK ahead of its first use. */
    warmUp: async (): Promise<void> => void (await sdk()),
    /** @throws ContainerError */
    requestLoginCode: async (app: LoginApp): Promise<string> => requestLoginCode(await sdk(), app),
    /** Sets the native title; a client that refuses keeps the old one, which hurts nobody. */
    setTitle: async (title: string): Promise<void> => {
      if (inContainer) {
        await sdk()
          .then(dd => withTimeout(() => dd.setTitle({ title }), callTimeout))
          .catch(() => {})
      }
    },
    /** Closes the page in the client. @throws ContainerError where that is not possible */
    closePage: async (): Promise<void> => {
      const dd = await sdk()
      await withTimeout(() => dd.closePage(), callTimeout)
    },
    /**
     * Handles Android's back key while the calling component lives; `handler` answers true when
     * it used the key up. Other platforms have no such event (dingtalk-jsapi §6).
     */
    onBackKey: (handler: () => boolean): void => {
      if (!inContainer || platform !== 'phone')
        return
      const listen = (event: Event) => {
        if (handler())
          event.preventDefault()
      }
      let stopped = false
      // Raw document events are only sent once the bridge is ready (dingtalk-jsapi §7).
      sdk()
        .then(dd => dd.ready(() => !stopped && page.addEventListener('backbutton', listen)))
        .catch(() => {})
      onScopeDispose(() => {
        stopped = true
        page.removeEventListener('backbutton', listen)
      })
    },
  }
}

export type Container = ReturnType<typeof useContainer>
