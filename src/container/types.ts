import type { PhoneSdk } from './phone/types.ts'

/** `dd.env.platform`: ios, android, harmony, pc, notInDingTalk, or one we do not know. */
export type SdkPlatform = string

/** What we use of the SDK; `sdk.ts` fills it with dingtalk-jsapi, tests with a fake. */
export interface Sdk extends PhoneSdk {
  platform: SdkPlatform
  /** The client's version, from its user agent or the PC bridge. */
  version: string | undefined
  requestAuthCodeV2: (params: { corpId: string, clientId: string }) => Promise<{ code: string }>
  requestAuthCode: (params: { corpId: string }) => Promise<{ code: string }>
  setTitle: (params: { title: string }) => Promise<unknown>
  closePage: () => Promise<unknown>
  /** Calls back once the client's events can be listened to. */
  ready: (callback: () => void) => void
}
