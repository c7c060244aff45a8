import type { CompanySize } from '../../company/index.ts'
import type { SandboxApp, SandboxMember } from '../../types.ts'
import type { Events } from '../events/hub.ts'
import type { CallLog } from '../gateway/call-log.ts'
import type { Faults } from '../gateway/faults.ts'
import type { Limits } from '../gateway/limits.ts'
import type { Codes } from '../login/codes.ts'
import type { DeliveryLimits } from '../messages/limits.ts'
import type { MessageListener, MessageStore } from '../messages/store.ts'
import type { TodoStore } from '../todos/store.ts'
import type { AppTokens } from '../tokens/app-token.ts'
import type { JsapiTickets } from '../tokens/ticket.ts'
import type { UserTokens } from '../tokens/user-token.ts'
import type { Clock } from './clock.ts'
import type { Directory } from './directory.ts'
import type { Settings, SettingsPatch } from './settings.ts'
import { generateCompany } from '../../company/index.ts'
import { createEvents } from '../events/hub.ts'
import { createCallLog } from '../gateway/call-log.ts'
import { createFaults } from '../gateway/faults.ts'
import { createLimits } from '../gateway/limits.ts'
import { createCodes } from '../login/codes.ts'
import { createDeliveryLimits } from '../messages/limits.ts'
import { createMessageStore } from '../messages/store.ts'
import { createTodoStore } from '../todos/store.ts'
import { createAppTokens } from '../tokens/app-token.ts'
import { createJsapiTickets } from '../tokens/ticket.ts'
import { createUserTokens } from '../tokens/user-token.ts'
import { createClock } from './clock.ts'
import { initialDepartures } from './departures.ts'
import { Directory as CompanyDirectory } from './directory.ts'
import { DEFAULT_SETTINGS, patchSettings } from './settings.ts'

/** A person who left, as the leave records tell it. */
export interface Departure {
  member: SandboxMember
  /** Sandbox time, milliseconds. */
  leftAt: number
  reason: 'oapi' | 'cancel' | 'leave' | 'delete' | 'unknown'
}

/** Everything the fake platform knows. One object lives as long as the server; `reset` refills it. */
export interface World {
  /** Survives a reset, and runs true again. */
  clock: Clock
  /** What the company was generated from. */
  size: CompanySize
  app: SandboxApp
  settings: Settings
  directory: Directory
  departures: Departure[]
  appTokens: AppTokens
  userTokens: UserTokens
  tickets: JsapiTickets
  codes: Codes
  limits: Limits
  deliveryLimits: DeliveryLimits
  messages: MessageStore
  todos: TodoStore
  /** Survive a reset. */
  messageListeners: Set<MessageListener>
  faults: Faults
  calls: CallLog
  /** Event subscription; a reset closes it with all its connections and begins a new one. */
  events: Events
  expireTokens: () => void
  applySettings: (patch: SettingsPatch) => void
  /** Back to the first day: a new company, no tokens, codes, faults, messages; the clock runs true again. */
  reset: (size: CompanySize) => void
}

type Contents = Omit<World, 'clock' | 'messageListeners' | 'expireTokens' | 'applySettings' | 'reset'>

function contents(clock: Clock, app: SandboxApp, initial: SettingsPatch, size: CompanySize, notify: MessageListener, live: () => World): Contents {
  const settings = patchSettings(DEFAULT_SETTINGS, initial)
  return {
    size,
    app: { ...app },
    settings,
    directory: new CompanyDirectory(generateCompany(size, app.corpId)),
    departures: initialDepartures(app.corpId, clock.now()),
    appTokens: createAppTokens(clock),
    userTokens: createUserTokens(clock),
    tickets: createJsapiTickets(clock),
    codes: createCodes(clock),
    limits: createLimits(clock, settings.rates),
    deliveryLimits: createDeliveryLimits(() => live().settings.silent),
    messages: createMessageStore(notify),
    todos: createTodoStore(),
    faults: createFaults(),
    calls: createCallLog(),
    events: createEvents({ clock, settings: () => live().settings.events, app: () => live().app }),
  }
}

/** Creates the world of one platform server; `initial` are the settings it starts and resets with. */
export function createWorld(app: SandboxApp, initial: SettingsPatch, size: CompanySize): World {
  const messageListeners = new Set<MessageListener>()
  const notify: MessageListener = (userid, message) => messageListeners.forEach(listener => listener(userid, message))
  const clock = createClock()
  const world: World = {
    clock,
    ...contents(clock, app, initial, size, notify, () => world),
    messageListeners,
    expireTokens() {
      world.appTokens.expire()
      world.userTokens.expire()
    },
    applySettings(patch) {
      world.settings = patchSettings(world.settings, patch)
      if (patch.rates !== undefined)
        world.limits = createLimits(world.clock, world.settings.rates, world.limits.used())
    },
    reset(next) {
      world.events.close()
      clock.reset()
      Object.assign(
        world,
        contents(clock, app, initial, next, notify, () => world),
      )
    },
  }
  return world
}
