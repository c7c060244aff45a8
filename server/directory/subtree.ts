import type { SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'
import { tables } from '../db/index.ts'

/**
 * A subquery for the ids of the departments that `seed` selects and of all below them. UNION, not
 * UNION ALL: it ends even if the tree should ever contain a cycle.
 */
export function subtreeOf(seed: SQL): SQL {
  const { department } = tables
  return sql`(
    with recursive below(id) as (
      ${seed}
      union
      select ${department.id} from ${department} join below on ${department.parentId} = below.id
    )
    select id from below
  )`
}

/** The other way: a subquery for the ids of the departments that `seed` selects and of all above them. */
export function ancestryOf(seed: SQL): SQL {
  const { department } = tables
  return sql`(
    with recursive above(id) as (
      ${seed}
      union
      select ${department.parentId} from ${department} join above on ${department.id} = above.id where ${department.parentId} is not null
    )
    select id from above
  )`
}
