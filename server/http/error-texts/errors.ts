import type { ErrorCode } from '#contract/errors.ts'
import type { Text } from '../locale.ts'
import { connectionTexts } from './connection.ts'
import { crmTexts } from './crm.ts'
import { loginTexts } from './login.ts'
import { peopleTexts } from './people.ts'
import { requestTexts } from './requests.ts'
import { syncTexts } from './sync.ts'

/** What is shown for each error: what happened, and what the reader can do. `{name}` is filled in. */
export const errorTexts: Record<ErrorCode, { message: Text, help?: Text }> = {
  ...requestTexts,
  ...connectionTexts,
  ...loginTexts,
  ...syncTexts,
  ...peopleTexts,
  ...crmTexts,
}
