/** The parts of `window` the environment test reads; injectable for tests. */
export interface ContainerGlobals {
  navigator: { userAgent: string }
  name: string
  dingtalk?: { platform?: { invokeAPI?: unknown } }
}

export interface ContainerEnvironment {
  /** The page runs inside a DingTalk client. */
  inContainer: boolean
  /** A guess good enough for layout: phones have a native title bar above the page. */
  platform: 'phone' | 'pc'
}

/**
 * The SDK's own environment rules (dingtalk-jsapi §1) without the SDK, which costs 20 kB: the user
 * agent names DingTalk, or `window.name` carries the PC client's configuration, or its object exists.
 * A mobile user agent beats the PC markers.
 */
export function detectContainer(globals: ContainerGlobals): ContainerEnvironment {
  const { userAgent } = globals.navigator
  const inContainer = /DingTalk/i.test(userAgent) || hasContainerId(globals.name) || Boolean(globals.dingtalk?.platform?.invokeAPI)
  const phone = /iPhone|iPad|iPod|iOS|Android|OpenHarmony/i.test(userAgent)
  return { inContainer, platform: phone ? 'phone' : 'pc' }
}

function hasContainerId(name: string): boolean {
  if (!name.startsWith('{'))
    return false
  try {
    const config: unknown = JSON.parse(name)
    return typeof config === 'object' && config !== null && 'containerId' in config && Boolean(config.containerId)
  }
  catch {
    return false
  }
}
