import type { Apps } from './apps/index.ts'
import type { Contacts } from './contacts/index.ts'
import type { Events } from './events/index.ts'
import type { LaneStats } from './limiter/limiter.ts'
import type { Login } from './login.ts'
import type { Messages } from './messages/index.ts'
import type { OAuth } from './oauth/index.ts'
import type { DingTalkOptions } from './options.ts'
import type { Tickets } from './tickets/index.ts'
import type { Todos } from './todos/index.ts'
import type { AppToken } from './token.ts'
import { createApps } from './apps/index.ts'
import { createAppCaller } from './calls/app-caller.ts'
import { createCaller } from './calls/caller.ts'
import { systemClock } from './clock.ts'
import { createContacts } from './contacts/index.ts'
import { createEvents } from './events/index.ts'
import { createLimiter } from './limiter/limiter.ts'
import { createLogin } from './login.ts'
import { createMessages } from './messages/index.ts'
import { createOAuth } from './oauth/index.ts'
import { createTickets } from './tickets/index.ts'
import { createTodos } from './todos/index.ts'
import { createToken } from './token.ts'
import { createDispatcher } from './transport/dispatcher.ts'
import { createTransport } from './transport/transport.ts'

/** The open platform as this project uses it. Every rejected promise carries a DingTalkError or an abort reason. */
export interface DingTalk {
  login: Login
  oauth: OAuth
  contacts: Contacts
  apps: Apps
  tickets: Tickets
  messages: Messages
  todos: Todos
  events: Events
  token: AppToken
  /** Pace and queues, for progress displays and metrics. */
  limits: {
    stats: () => LaneStats[]
    /** Seconds the IP ban still lasts; 0 = none. */
    bannedSeconds: () => number
  }
  /** Rejects what still waits and closes our own connections. */
  close: () => Promise<void>
}

/** Calls per second that DingTalk grants (dingtalk-server-api §9.1). */
const standardCap = 20
const paidCap = 60

/** Builds the client; nothing is sent until the first call. */
export function createDingTalk(options: DingTalkOptions): DingTalk {
  const { hosts, credentials, logger, limits = {}, clock = systemClock, onCall } = options
  const callMs = options.timeouts?.call ?? 8000
  const loginMs = options.timeouts?.login ?? 5000
  const dispatcher = options.dispatcher ?? createDispatcher()
  const cap = limits.paidPackage ? paidCap : standardCap
  const perApi = Math.max(1, Math.min(Math.floor(limits.perApi ?? 15), cap))
  if ((limits.perApi ?? 0) > cap)
    logger.warn({ wanted: limits.perApi, used: cap }, 'more calls per second were configured than DingTalk grants')
  const limiter = createLimiter({ clock, perApi, perApp: limits.perApp === undefined ? undefined : Math.max(1, Math.floor(limits.perApp)) })
  const call = createCaller({ hosts, transport: createTransport(dispatcher), limiter, clock, logger, onCall })
  const token = createToken({ call, credentials, clock, logger, timeoutMs: loginMs })
  const appCall = createAppCaller({ call, token, credentials, logger, clock, defaultTimeoutMs: callMs })
  const contacts = createContacts(appCall)

  return {
    login: createLogin({ call: appCall, limiter, clock, timeoutMs: loginMs, maxQueueSeconds: limits.maxLoginQueueSeconds ?? 10 }),
    oauth: createOAuth({ call, contacts, credentials, hosts, timeoutMs: loginMs }),
    contacts,
    apps: createApps(appCall),
    tickets: createTickets({ call: appCall, credentials, clock, logger }),
    messages: createMessages({ call: appCall, credentials }),
    todos: createTodos(appCall),
    events: createEvents({ call, appCall, credentials, hosts, clock, logger, timeoutMs: callMs, ...(options.proxy && { proxy: options.proxy }) }),
    token,
    limits: { stats: limiter.stats, bannedSeconds: () => Math.ceil(limiter.bannedMs() / 1000) },
    close: async () => {
      limiter.close(new Error('the DingTalk client was closed'))
      if (!options.dispatcher)
        await dispatcher.close()
    },
  }
}
