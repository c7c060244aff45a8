import type { Database } from '../../server/db/index.ts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'

describe.each(engines)('the schema on $engine', ({ open }) => {
  let database: Database
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  it('finds who names an account by an index in every column, so that one can be removed beside a million records', async () => {
    const { rows } = (await database.db.execute(sql`
      select c.conrelid::regclass || '.' || a.attname as "column"
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype = 'f' and c.confrelid = 'account'::regclass and not exists (
        select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = a.attnum
          and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) = '(' || quote_ident(a.attname) || ' IS NOT NULL)'))
      order by 1`)) as unknown as { rows: Array<{ column: string }> }
    expect(rows).toEqual([])
  })
})
