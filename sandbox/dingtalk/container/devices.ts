/** The clients this container can play, and what each one tells the page about itself. */

export const deviceKinds = ['ios', 'android', 'harmony', 'pc', 'mac'] as const
export type DeviceKind = (typeof deviceKinds)[number]

/** Letters of the platform column in dingtalk-jsapi §6; Windows and macOS share the PC protocol. */
export type Platform = 'i' | 'A' | 'H' | 'P'

export interface DeviceProfile {
  /** Last part of the hostname label: `zhangsan-phone.localhost`. */
  suffix: string
  platform: Platform
  /** Word shown in the workbench. */
  name: string
  /** `navigator.platform` as that system reports it. */
  navigatorPlatform: string
  userAgent: (version: string) => string
}

/** V2 login codes need ≥ 7.0.50 on the desktop (dingtalk-jsapi §4.1); the old client predates them. */
export const clientVersions = { current: '7.6.0', old: '7.0.40' } as const

/** Only the words the SDK tests are facts (dingtalk-jsapi §1); the rest is a plausible user agent. */
export const profiles: Record<DeviceKind, DeviceProfile> = {
  ios: {
    suffix: 'phone',
    platform: 'i',
    name: 'iPhone',
    navigatorPlatform: 'iPhone',
    userAgent: version =>
      `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F79 AliApp(DingTalk/${version}) com.laiwang.DingTalk/43000000 Channel/201200 language/zh-Hans`,
  },
  android: {
    suffix: 'android',
    platform: 'A',
    name: 'Android',
    navigatorPlatform: 'Linux armv8l',
    userAgent: version =>
      `Mozilla/5.0 (Linux; U; Android 14; zh-CN; SM-S9210) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/114.0.5735.196 Mobile Safari/537.36 AliApp(DingTalk/${version}) com.alibaba.android.rimet/43000000 Channel/700159 language/zh-CN`,
  },
  harmony: {
    suffix: 'harmony',
    platform: 'H',
    name: 'HarmonyOS',
    navigatorPlatform: '',
    userAgent: version =>
      `Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile AliApp(DingTalk/${version})`,
  },
  pc: {
    suffix: 'pc',
    platform: 'P',
    name: 'Windows',
    navigatorPlatform: 'Win32',
    userAgent: version =>
      `Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.243 Safari/537.36 dingtalk-win/1.0.0 nw(0.14.7) DingTalk(${version}-Release.1)`,
  },
  mac: {
    suffix: 'mac',
    platform: 'P',
    name: 'macOS',
    navigatorPlatform: 'MacIntel',
    userAgent: version =>
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.243 Safari/537.36 DingTalk(${version}-macOS-arm64-1) nw`,
  },
}

/** True for the desktop clients, which open `pcHomepage` and `pc_message_url`. */
export function isDesktop(kind: DeviceKind): boolean {
  return profiles[kind].platform === 'P'
}
