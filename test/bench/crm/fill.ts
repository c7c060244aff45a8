import type { SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Db } from '../../../server/db/index.ts'
import { getTableName, sql } from 'drizzle-orm'
import { tables } from '../../../server/db/index.ts'

export interface Size {
  accounts: number
  customers: number
  followUps: number
}

/** A word of a list, by a row number; primes keep the lists from marching in step. */
const pick = (words: string, factor: number) => sql.raw(`(array[${[...words].map(word => `'${word}'`).join(',')}])[1 + (i * ${factor}) % ${[...words].length}]`)

const cities = sql.raw('(array[\'上海\',\'北京\',\'深圳\',\'广州\',\'杭州\',\'宁波\',\'苏州\',\'南京\',\'无锡\',\'成都\',\'武汉\',\'青岛\',\'佛山\'])[1 + i % 13]')
const trades = sql.raw('(array[\'精密机械\',\'自动化设备\',\'新能源科技\',\'医疗器械\',\'信息技术\',\'供应链管理\',\'电子商务\',\'食品\',\'建设工程\',\'新材料\',\'商贸\'])[1 + (i / 7) % 11]')
const talks = sql.raw('(array[\'电话沟通采购进度\',\'上门拜访技术负责人\',\'发送最新报价\',\'演示移动端\',\'确认决策链\',\'协助解决导入问题\',\'对比供应商\',\'启动会明确里程碑\',\'修改合同条款\',\'回访使用情况\'])[1 + i % 10]')

const filled = [tables.customer, tables.lead, tables.contact, tables.opportunity, tables.followUp, tables.followUpPlan]

/** So many different texts are written by contacts, follow-ups and plans, in turns. */
const texts = 20_000

/** A company's worth of records, owned evenly by its accounts; written by the database itself. */
export async function fill(database: Db, size: Size): Promise<void> {
  await database.transaction(async (tx) => {
    // References are right as they are made, and nobody waits for a disk; both end with the transaction.
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`set local synchronous_commit = off`)
    await tx.execute(sql`set local maintenance_work_mem = '256MB'`)
    await withoutIndexes(tx, () => write(tx, size))
  })
  for (const table of [...filled, tables.account, tables.accountDepartment]) await database.execute(sql`vacuum analyze ${table}`)
}

/** Indexes are built once at the end, from the definitions the migrations gave them. */
async function withoutIndexes(db: Db, write: () => Promise<void>): Promise<void> {
  const names = filled.map(table => getTableName(table))
  const { rows } = (await db.execute(sql`select indexname as name, indexdef as definition from pg_indexes
    where schemaname = 'public' and tablename = any(${`{${names.join(',')}}`}::text[]) and indexname not in (select conname from pg_constraint)`)) as unknown as { rows: Array<{ name: string, definition: string }> }
  for (const { name } of rows) await db.execute(sql`drop index ${sql.identifier(name)}`)
  await write()
  for (const { definition } of rows) await db.execute(sql.raw(definition))
}

/** Tokens are the dear part of a row: where texts repeat they are made once each, by the same functions, and copied. */
async function tokensOnce(db: Db, table: PgTable, made: SQL): Promise<SQL> {
  await db.execute(sql`alter table ${table} alter search_text drop expression, alter search_tokens drop expression`)
  const copied = sql.identifier(`texts_of_${getTableName(table)}`)
  await db.execute(sql`create temporary table ${copied} on commit drop as
    select i as n, a, b, crm_search_text(a, b) as found, crm_search_tokens(crm_search_text(a, b)) as tokens from generate_series(0, ${texts - 1}) i, lateral (${made}) made(a, b)`)
  await db.execute(sql`analyze ${copied}`)
  return sql`join ${copied} t on t.n = i % ${sql.raw(String(texts))}`
}

/** Ids with a number each, from 0; answers how many. */
async function numbered(db: Db, table: typeof tables.account | typeof tables.customer, name: string): Promise<SQL> {
  await db.execute(sql`create temporary table ${sql.identifier(name)} on commit drop as select row_number() over (order by id) - 1 as n, id from ${table}`)
  await db.execute(sql`analyze ${sql.identifier(name)}`)
  return sql.raw(String(await db.$count(table)))
}

async function write(db: Db, { accounts, customers, followUps }: Size): Promise<void> {
  await db.execute(sql`insert into ${tables.account} (name) select '销售' || i from generate_series(1, ${accounts}) i`)
  await db.execute(sql`insert into ${tables.accountDepartment} (account_id, department_id)
    select a.id, d.id from (select id, row_number() over () as n from ${tables.account}) a
    join (select id, row_number() over () as n, count(*) over () as all from ${tables.department}) d on d.n = 1 + a.n % d.all on conflict do nothing`)
  const owners = await numbered(db, tables.account, 'some_owner')
  const owned = sql.raw('o.id')
  const by = sql`join some_owner o on o.n = i % ${owners}`
  const at = sql.raw('timestamptz \'2026-01-01\' + i * interval \'97 seconds\'')
  await db.execute(sql`insert into ${tables.customer} (name, phone, status, level, owner_id, created_by_id, created_at, updated_at, last_follow_up_at)
    select ${cities} || ${pick('启恒瀚博嘉睿鼎卓锦诺云凯融森朗隽澄越擎澜', 3)} || ${pick('远辰达信源翔航拓川景帆衡润峰禾宇岚程屿歌星河海山', 11)} || ${pick('金木水火土日月天地人和平安福寿康宁泰', 17)} || ${trades} || '有限公司' || i,
      '1' || (3000000000 + (i::bigint * 7919) % 7000000000), (array['potential','following','following','won','lost'])[1 + i % 5], (array['A','B','C'])[1 + i % 3], ${owned}, ${owned}, ${at}, ${at}, ${at}
    from generate_series(1, ${customers}) i ${by}`)
  await db.execute(sql`insert into ${tables.lead} (name, contact_name, phone, stage, owner_id, created_by_id, created_at, updated_at)
    select ${cities} || ${pick('启恒瀚博嘉睿鼎卓锦诺', 3)} || '线索' || i, '联系人' || i, '1' || (5000000000 + i), 'following', ${owned}, ${owned}, ${at}, ${at} from generate_series(1, ${Math.round(customers / 4)}) i ${by}`)
  const its = sql.raw('c.id')
  const of = sql`join some_customer c on c.n = (i::bigint * 31) % ${await numbered(db, tables.customer, 'some_customer')}`
  const people = await tokensOnce(db, tables.contact, sql`select ${pick('王李张刘陈杨赵黄周吴', 3)} || '经理' || i, '1' || (6000000000 + i)`)
  await db.execute(sql`insert into ${tables.contact} (name, phone, search_text, search_tokens, customer_id, owner_id, created_by_id, created_at, updated_at)
    select t.a, t.b, t.found, t.tokens, ${its}, ${owned}, ${owned}, ${at}, ${at} from generate_series(1, ${customers}) i ${people} ${by} ${of}`)
  await db.execute(sql`insert into ${tables.opportunity} (name, customer_id, amount, stage, probability, expected_close_on, closed_at, owner_id, created_by_id, created_at, updated_at)
    select '商机' || i, ${its}, (i * 37) % 900000, case when i % 10 < 2 then 'won' when i % 10 = 2 then 'lost' else (array['new','requirements','solution','proposal'])[1 + i % 4] end, 30, date '2026-12-01',
      case when i % 10 < 3 then ${at} end, ${owned}, ${owned}, ${at}, ${at} from generate_series(1, ${Math.round(customers / 2)}) i ${by} ${of}`)
  const said = await tokensOnce(db, tables.followUp, sql`select ${talks} || '，第' || i || '次跟进', ''`)
  await db.execute(sql`insert into ${tables.followUp} (content, search_text, search_tokens, method, at, customer_id, owner_id, created_by_id, created_at, updated_at)
    select t.a, t.found, t.tokens, 'phone', timestamptz '2026-01-01' + i * interval '19 seconds', ${its}, ${owned}, ${owned}, now(), timestamptz '2026-01-01' + i * interval '19 seconds'
    from generate_series(1, ${followUps}) i ${said} ${by} ${of}`)
  const planned = await tokensOnce(db, tables.followUpPlan, sql`select '下次' || ${talks}, ''`)
  await db.execute(sql`insert into ${tables.followUpPlan} (content, search_text, search_tokens, method, due_at, customer_id, owner_id, created_by_id, status)
    select t.a, t.found, t.tokens, 'phone', now() - interval '5 days' + (i % 20) * interval '1 day', ${its}, ${owned}, ${owned}, case when i % 4 = 0 then 'open' else 'completed' end
    from generate_series(1, ${customers}) i ${planned} ${by} ${of}`)
}
