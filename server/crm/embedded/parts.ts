import type { Db } from '../../db/index.ts'
import type { Directory } from '../../directory/index.ts'

/** What every function of the embedded CRM works with. */
export interface EmbeddedParts {
  db: Db
  directory: Directory
  now: () => Date
}
