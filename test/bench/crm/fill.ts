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

/** Who leads what: half of the salespeople, and a dozen. */
export interface Leaders {
  region: string
  team: string
}

const teamOf = 12

const filled = [tables.customer, tables.lead, tables.contact, tables.opportunity, tables.followUp, tables.followUpPlan]

/** So many different texts are written by contacts, follow-ups and plans, in turns. */
const texts = 20_000

/** A company's worth of records, owned evenly by its accounts; written by the database itself. */
export async function fill(database: Db, size: Size, leaders: Leaders): Promise<void> {
  await database.transaction(async (tx) => {
    // References are right as they are made, and nobody waits for a disk; both end with the transaction.
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`set local synchronous_commit = off`)
    await tx.execute(sql`set local maintenance_work_mem = '256MB'`)
    await withoutIndexes(tx, () => write(tx, size, leaders))
  })
  for (const table of [...filled, tables.account, tables.accountDepartment, tables.department, tables.collaborator, tables.recentRecord]) await database.execute(sql`vacuum analyze ${table}`)
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

/** Times of rows 1 to `rows`, in order up to this moment; two years of work. */
const passed = (rows: number) => sql`now() - (${sql.raw(String(rows))} - i) * interval '730 days' / ${sql.raw(String(rows))}`

/** Some time between then and now, other rows than those made last. */
const since = (then: SQL) => sql`${then} + (now() - (${then})) * ((i::bigint * 7919) % 1000 / 1000.0)`

async function write(db: Db, { accounts, customers, followUps }: Size, leaders: Leaders): Promise<void> {
  await people(db, accounts, leaders)
  await db.execute(sql`create temporary table some_owner on commit drop as select row_number() over (order by id) - 1 as n, id from ${tables.account}`)
  const by = sql`join some_owner o on o.n = i % ${sql.raw(String(await db.$count(tables.account)))}`
  // What is about a customer belongs to whose the customer is; customers are written last, when it is known when that is.
  await db.execute(sql`create temporary table some_customer on commit drop as select i as n, gen_random_uuid() as id, o.id as owner_id from generate_series(1, ${customers}) i ${by}`)
  await db.execute(sql`analyze some_customer`)
  const its = sql.raw('c.id, c.owner_id, c.owner_id')
  const of = sql`join some_customer c on c.n = 1 + (i::bigint * 7919) % ${sql.raw(String(customers))}`
  const made = passed(customers)
  const named = await tokensOnce(db, tables.contact, sql`select ${pick('王李张刘陈杨赵黄周吴', 3)} || '经理' || i, '1' || (6000000000 + i)`)
  await db.execute(sql`insert into ${tables.contact} (name, phone, search_text, search_tokens, customer_id, owner_id, created_by_id, created_at, updated_at)
    select t.a, t.b, t.found, t.tokens, ${its}, ${made}, ${since(made)} from generate_series(1, ${customers}) i ${named} ${of}`)
  const opportunities = Math.round(customers / 2)
  const offered = passed(opportunities)
  await db.execute(sql`insert into ${tables.opportunity} (name, customer_id, owner_id, created_by_id, amount, stage, probability, expected_close_on, closed_at, created_at, updated_at)
    select '商机' || i, ${its}, (i * 37) % 900000, case when i % 10 < 2 then 'won' when i % 10 = 2 then 'lost' else (array['new','requirements','solution','proposal'])[1 + i % 4] end, 30, current_date + (i % 90),
      case when i % 10 < 3 then ${since(offered)} end, ${offered}, ${since(offered)} from generate_series(1, ${opportunities}) i ${of}`)
  const said = await tokensOnce(db, tables.followUp, sql`select ${talks} || '，第' || i || '次跟进', ''`)
  const then = passed(followUps)
  await db.execute(sql`insert into ${tables.followUp} (content, search_text, search_tokens, method, at, customer_id, owner_id, created_by_id, created_at, updated_at)
    select t.a, t.found, t.tokens, 'phone', ${then}, ${its}, ${then}, ${then} from generate_series(1, ${followUps}) i ${said} ${of}`)
  const planned = await tokensOnce(db, tables.followUpPlan, sql`select '下次' || ${talks}, ''`)
  await db.execute(sql`insert into ${tables.followUpPlan} (content, search_text, search_tokens, method, due_at, customer_id, owner_id, created_by_id, status, created_at, updated_at)
    select t.a, t.found, t.tokens, 'phone', case when i % 4 = 0 then now() + (i % 20 - 5) * interval '1 day' + (i::bigint * 7919) % 1440 * interval '1 minute' else ${made} end, ${its}, case when i % 4 = 0 then 'open' else 'completed' end, ${made}, ${since(made)}
    from generate_series(1, ${customers}) i ${planned} ${of}`)
  await db.execute(sql`insert into ${tables.customer} (id, owner_id, created_by_id, name, phone, status, level, created_at, updated_at, last_follow_up_at, next_plan_at)
    select c.id, c.owner_id, c.owner_id, ${cities} || ${pick('启恒瀚博嘉睿鼎卓锦诺云凯融森朗隽澄越擎澜', 3)} || ${pick('远辰达信源翔航拓川景帆衡润峰禾宇岚程屿歌星河海山', 11)} || ${pick('金木水火土日月天地人和平安福寿康宁泰', 17)} || ${trades} || '有限公司' || i,
      '1' || (3000000000 + (i::bigint * 7919) % 7000000000), (array['potential','following','following','won','lost'])[1 + i % 5], (array['A','B','C'])[1 + i % 3], ${made}, ${since(made)}, f.last, p.next
    from some_customer c join lateral (select c.n as i) numbered on true
      left join (select customer_id as id, max(at) as last from ${tables.followUp} group by customer_id) f using (id)
      left join (select customer_id as id, min(due_at) as next from ${tables.followUpPlan} where status = 'open' group by customer_id) p using (id) order by i`)
  const leads = Math.round(customers / 4)
  await db.execute(sql`insert into ${tables.lead} (name, contact_name, phone, stage, owner_id, created_by_id, created_at, updated_at)
    select ${cities} || ${pick('启恒瀚博嘉睿鼎卓锦诺', 3)} || '线索' || i, '联系人' || i, '1' || (5000000000 + i), 'following', o.id, o.id, ${passed(leads)}, ${since(passed(leads))} from generate_series(1, ${leads}) i ${by}`)
  // Everybody has twenty customers of others, and had thirty before them.
  const some = (step: number, each: number) => sql`some_owner o cross join generate_series(1, ${each}) k join some_customer c on c.n = 1 + (o.n * ${step} + k * 13) % ${sql.raw(String(customers))}`
  await db.execute(sql`insert into ${tables.collaborator} (kind, record_id, account_id, access, added_by_id) select 'customers', c.id, o.id, 'read', o.id from ${some(101, 20)} where c.owner_id <> o.id on conflict do nothing`)
  await db.execute(sql`insert into ${tables.recentRecord} (account_id, kind, record_id, at) select o.id, 'customers', c.id, now() - k * interval '1 hour' from ${some(211, 30)} on conflict do nothing`)
}

/** A region of teams, with salespeople evenly in the teams, and their leaders. */
async function people(db: Db, accounts: number, leaders: Leaders): Promise<void> {
  const { account, accountDepartment, department } = tables
  await db.execute(sql`insert into ${account} (name) select '销售' || i from generate_series(1, ${accounts}) i`)
  await db.execute(sql`insert into ${department} (name) values ('第一大区'), ('第二大区')`)
  await db.execute(sql`insert into ${department} (name, parent_id) select '销售' || i || '组', r.id from generate_series(1, ${Math.ceil(accounts / teamOf)}) i join ${department} r on r.name = (array['第一大区', '第二大区'])[1 + i % 2]`)
  await db.execute(sql`insert into ${accountDepartment} (account_id, department_id)
    select a.id, d.id from (select id, substr(name, 3)::int as n from ${account} where name ~ '^销售[0-9]+$') a join ${department} d on d.name = '销售' || (1 + a.n % ${Math.ceil(accounts / teamOf)}) || '组'`)
  for (const [name, leader] of [['第一大区', leaders.region], ['销售1组', leaders.team]] as const)
    await db.execute(sql`insert into ${accountDepartment} (account_id, department_id, leader) select ${leader}::uuid, id, true from ${department} where name = ${name}`)
}
