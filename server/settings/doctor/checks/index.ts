import type { CheckId } from '#contract/connection.ts'
import type { Check } from '../patient.ts'
import { appChecks } from './app.ts'
import { calendarChecks } from './calendar.ts'
import { consoleChecks } from './console.ts'
import { contactChecks } from './contacts.ts'
import { eventChecks } from './events.ts'
import { fieldChecks } from './fields.ts'
import { loginChecks } from './login.ts'
import { messageChecks } from './messages.ts'
import { serverChecks } from './server.ts'

/** Every check there is. */
export const checks: Record<CheckId, Check> = {
  ...appChecks,
  ...contactChecks,
  ...fieldChecks,
  ...consoleChecks,
  ...loginChecks,
  ...messageChecks,
  ...eventChecks,
  ...serverChecks,
  ...calendarChecks,
}
