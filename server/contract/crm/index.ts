import { capabilityRoutes } from './capabilities.ts'
import { commentRoutes } from './comments.ts'
import { fileRoutes } from './files.ts'
import { formRoutes } from './forms.ts'
import { crmLoginRoutes } from './login.ts'
import { overviewRoutes } from './overview.ts'
import { recordRoutes } from './records.ts'
import { searchRoutes } from './search.ts'
import { stepRoutes } from './steps.ts'

/**
 * The CRM's part of the HTTP API. Addresses with fixed words come before those with `:kind`, which
 * would take the word for a kind.
 */
export const crmRoutes = {
  ...capabilityRoutes,
  ...crmLoginRoutes,
  ...formRoutes,
  ...overviewRoutes,
  ...searchRoutes,
  ...fileRoutes,
  ...stepRoutes,
  ...commentRoutes,
  ...recordRoutes,
}
