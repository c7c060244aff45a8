import type { BrowserContext } from 'playwright-core'

/** How the iOS client names itself; the SDK tests for "DingTalk" and "iPhone" (dingtalk-jsapi §1). */
export const userAgent
  = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F79 AliApp(DingTalk/7.6.0) com.laiwang.DingTalk/43000000 language/zh-Hans'

type Done = (answer: { errorCode: string, errorMessage: string, result: object }) => void

/**
 * The native bridge of the iOS client (dingtalk-jsapi §2.1) with nothing behind it but login codes. The sandbox's
 * container would load its bridge over the throttled network; in a real client it costs no request.
 */
export async function addBridge(context: BrowserContext, issueCode: () => string): Promise<void> {
  await context.exposeFunction('benchCode', issueCode)
  await context.addInitScript(() => {
    const issue = (window as unknown as { benchCode: () => Promise<string> }).benchCode
    Object.assign(window, {
      WebViewJavascriptBridge: {
        init() {},
        registerHandler() {},
        callHandler: async (method: string, _params: unknown, done: Done) => {
          const result = method.startsWith('runtime.permission.requestAuthCode') ? { code: await issue() } : {}
          done({ errorCode: '0', errorMessage: '', result })
        },
      },
    })
  })
}
