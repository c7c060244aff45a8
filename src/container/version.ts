import type { SdkPlatform } from './types.ts'

/** Oldest clients that know `requestAuthCodeV2` (dingtalk-jsapi §4.1). */
const unionLoginFloor: Readonly<Record<string, string>> = { ios: '7.0.45', android: '7.0.45', pc: '7.0.50', harmony: '7.0.0' }

/** True unless the client is known to be too old; an unknown version is tried. */
export function knowsUnionLogin(platform: SdkPlatform, version: string | undefined): boolean {
  const floor = unionLoginFloor[platform]
  return !floor || !version || compareVersions(version, floor) >= 0
}

/** Negative when `a` is older than `b`; text after the dotted numbers ("-Release.1") is ignored. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)]
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0)
      return difference
  }
  return 0
}

function numbers(version: string): number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number)
}
