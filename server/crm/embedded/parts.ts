import type { Db } from '../../db/index.ts'
import type { Directory } from '../../directory/index.ts'
import type { PublishCrmEvents } from '../events.ts'

/**
 * What every function of the embedded CRM works with. Inside a transaction only the transaction may be asked: the
 * embedded database has one connection, and `db` and `directory` would wait for it forever.
 */
export interface EmbeddedParts {
  db: Db
  directory: Directory
  now: () => Date
  publish: PublishCrmEvents
}
