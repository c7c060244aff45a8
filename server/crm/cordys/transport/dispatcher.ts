import type { Dispatcher } from 'undici'
import { Agent, EnvHttpProxyAgent } from 'undici'

/** How calls to the Cordys server leave this machine. Empty texts, because undefined would make undici read the environment. */
export function createCordysDispatcher({ httpsProxy, noProxy }: { httpsProxy?: string, noProxy?: string } = {}): Dispatcher {
  const agent = { connect: { timeout: 4000 }, connections: 64, allowH2: false }
  return httpsProxy ? new EnvHttpProxyAgent({ ...agent, httpsProxy, httpProxy: '', noProxy: noProxy ?? '' }) : new Agent(agent)
}
