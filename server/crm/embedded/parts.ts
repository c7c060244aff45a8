import type { Db } from '../../db/index.ts'
import type { Directory } from '../../directory/index.ts'
import type { PublishCrmEvents } from '../events.ts'
import type { Actor } from '../gateway.ts'

/** What roles allow besides reading and writing. */
export type Ability = 'import' | 'export' | 'delete' | 'transfer'

/** What every function of the embedded CRM works with. */
export interface EmbeddedParts {
  db: Db
  directory: Directory
  now: () => Date
  may: (actor: Pick<Actor, 'id' | 'name' | 'role'>, ability: Ability) => Promise<boolean>
  publish: PublishCrmEvents
}
