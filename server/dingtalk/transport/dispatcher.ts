import type { Dispatcher } from 'undici'
import { Agent, EnvHttpProxyAgent } from 'undici'

export interface DispatcherOptions {
  /** Value of HTTPS_PROXY; empty or absent = direct. */
  httpsProxy?: string
  /** Value of NO_PROXY. */
  noProxy?: string
}

/**
 * How calls leave this machine. Always IPv4: DingTalk's egress list holds IPv4 addresses, and a host that
 * leaves through IPv6 is refused although its IPv4 address is listed (dingtalk-server-api §8.5).
 */
export function createDispatcher(options: DispatcherOptions = {}): Dispatcher {
  const agent = { connect: { family: 4, timeout: 4000 }, connections: 128, allowH2: false }
  if (!options.httpsProxy)
    return new Agent(agent)
  // empty strings, because undefined would make undici read the environment by itself
  return new EnvHttpProxyAgent({ ...agent, httpsProxy: options.httpsProxy, httpProxy: '', noProxy: options.noProxy ?? '' })
}
