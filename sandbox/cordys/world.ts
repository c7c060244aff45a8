import type { SandboxDepartment, SandboxMember } from '../dingtalk/types.ts'
import type { Csrf } from './auth/csrf.ts'
import type { LoginKey } from './auth/rsa.ts'
import type { Sessions } from './auth/sessions.ts'
import type { CallLog } from './control/call-log.ts'
import type { Faults } from './control/faults.ts'
import type { FormConfig } from './forms/types.ts'
import type { CordysDepartment, CordysUser, Role } from './organization/company.ts'
import type { Collaboration, ContactRow, CustomerRow, FollowRow, PastOwner, SavedView } from './records/types.ts'
import type { Settings } from './settings.ts'
import { createCsrf } from './auth/csrf.ts'
import { internalRoles } from './auth/permissions.ts'
import { createLoginKey } from './auth/rsa.ts'
import { createSessions } from './auth/sessions.ts'
import { createCallLog } from './control/call-log.ts'
import { createFaults } from './control/faults.ts'
import { contactForm } from './forms/contact.ts'
import { customerForm } from './forms/customer.ts'
import { recordForm } from './forms/record.ts'
import { buildCompany } from './organization/company.ts'
import { fillSample } from './records/sample.ts'

export interface Company {
  departments: SandboxDepartment[]
  members: SandboxMember[]
}

export interface World {
  settings: Settings
  bornAt: number
  now: () => number
  /** Moves the clock; sessions and OAuth states age with it. */
  shift: (ms: number) => void
  newId: () => string
  nextSerial: () => string
  loginKey: LoginKey
  csrf: Csrf
  sessions: Sessions
  faults: Faults
  calls: CallLog
  roles: Map<string, Role>
  departments: Map<string, CordysDepartment>
  users: Map<string, CordysUser>
  forms: { customer: FormConfig, contact: FormConfig, record: FormConfig }
  customers: Map<string, CustomerRow>
  contacts: Map<string, ContactRow>
  follows: Map<string, FollowRow>
  collaborations: Collaboration[]
  pastOwners: PastOwner[]
  views: SavedView[]
  reset: () => void
}

/** The state of one Cordys server. */
export function createWorld({ company, settings, seed }: { company: Company, settings: Settings, seed: number }): World {
  let offset = 0
  let ids = 0
  let serial = 0
  const now = () => Date.now() + offset
  // Numeric snowflakes: text, beyond what a JavaScript number holds (cordys-api §1.5).
  const newId = () => `10000${String(8_400_000_000_000 + ids++)}`
  const state = () => {
    offset = 0
    serial = 0
    return {
      settings: structuredClone(settings),
      ...buildCompany(company, newId),
      roles: new Map(internalRoles.map(role => [role.id, role])),
      forms: { customer: customerForm(newId), contact: contactForm(newId), record: recordForm(newId) },
      customers: new Map(),
      contacts: new Map(),
      follows: new Map(),
      collaborations: [],
      pastOwners: [],
      views: [],
    }
  }
  const world: World = {
    ...state(),
    bornAt: now(),
    now,
    shift: ms => void (offset += ms),
    newId,
    nextSerial: () => `KH${String(++serial).padStart(6, '0')}`,
    loginKey: createLoginKey(),
    csrf: createCsrf(),
    sessions: createSessions({ now, idleMs: () => world.settings.sessionIdleMs }),
    faults: createFaults(),
    calls: createCallLog(),
    reset() {
      world.sessions.endAll()
      world.faults.clear()
      world.calls.clear()
      Object.assign(world, state())
      fillSample(world, seed)
    },
  }
  fillSample(world, seed)
  return world
}
