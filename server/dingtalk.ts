import type { CallInfo, Clock } from './dingtalk/index.ts'
import type { Env } from './env.ts'
import type { Logger } from './http/logger.ts'
import type { Connect, DingTalkStore } from './settings/index.ts'
import { createDingTalk, createDispatcher } from './dingtalk/index.ts'

interface Given {
  env: Env
  log: Logger
  store: Pick<DingTalkStore, 'read'>
  /** Time as the client sees it; for tests that cannot wait. */
  clock: Clock | undefined
}

/** The open platform with the app that is stored, and with any other that an administrator tries. */
export function connectDingTalk({ env, log, store, clock }: Given) {
  const proxy = { ...(env.HTTPS_PROXY && { httpsProxy: env.HTTPS_PROXY }), ...(env.NO_PROXY && { noProxy: env.NO_PROXY }) }
  const dispatcher = createDispatcher(proxy)
  const listeners: Array<(call: CallInfo) => void> = []
  const heard = (call: CallInfo) => listeners.forEach(listener => listener(call))
  const outbound = {
    hosts: { api: env.DINGTALK_API_BASE, oapi: env.DINGTALK_OAPI_BASE, login: env.DINGTALK_LOGIN_BASE },
    logger: log,
    dispatcher,
    proxy,
    ...(clock && { clock }),
    limits: {
      perApi: env.DINGTALK_RATE_PER_API,
      paidPackage: env.DINGTALK_RATE_PER_API > 20,
      ...(env.DINGTALK_RATE_PER_APP && { perApp: env.DINGTALK_RATE_PER_APP }),
    },
  }

  /** The stored app's; undefined while none is connected. */
  async function credentials() {
    const { corpId, clientId, clientSecret, agentId } = await store.read()
    return corpId && clientId && clientSecret ? { corpId, clientId, clientSecret, ...(agentId && { agentId }) } : undefined
  }
  const dingtalk = createDingTalk({ ...outbound, credentials, onCall: heard })

  const connect: Connect = (tried, observe) =>
    createDingTalk({
      ...outbound,
      credentials: async () => tried,
      onCall: (call) => {
        heard(call)
        observe?.(call)
      },
    })

  return {
    dingtalk,
    credentials,
    /** A client of its own for credentials that need not be stored. */
    connect,
    /** For whoever else calls out. */
    proxy,
    /** Tells of every call of every client. */
    onCall: (...more: typeof listeners): void => void listeners.push(...more),
    async close(): Promise<void> {
      await dingtalk.close()
      await dispatcher.close()
    },
  }
}
