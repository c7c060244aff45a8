import type { Db } from '../../../server/db/index.ts'
import { sql } from 'drizzle-orm'
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

/** A company's worth of records, owned evenly by its accounts; written by the database itself. */
export async function fill(db: Db, { accounts, customers, followUps }: Size): Promise<void> {
  await db.execute(sql`insert into ${tables.account} (name) select '销售' || i from generate_series(1, ${accounts}) i`)
  await db.execute(sql`insert into ${tables.accountDepartment} (account_id, department_id)
    select a.id, d.id from (select id, row_number() over () as n from ${tables.account}) a
    join (select id, row_number() over () as n, count(*) over () as all from ${tables.department}) d on d.n = 1 + a.n % d.all on conflict do nothing`)
  const owner = sql`(select array_agg(id order by id) as ids from ${tables.account} where status = 'active')`
  const owned = sql.raw('o.ids[1 + i % cardinality(o.ids)]')
  const at = sql.raw('timestamptz \'2026-01-01\' + i * interval \'97 seconds\'')
  await db.execute(sql`insert into ${tables.customer} (name, phone, status, level, owner_id, created_by_id, created_at, updated_at, last_follow_up_at)
    select ${cities} || ${pick('启恒瀚博嘉睿鼎卓锦诺云凯融森朗隽澄越擎澜', 3)} || ${pick('远辰达信源翔航拓川景帆衡润峰禾宇岚程屿歌星河海山', 11)} || ${pick('金木水火土日月天地人和平安福寿康宁泰', 17)} || ${trades} || '有限公司' || i,
      '1' || (3000000000 + (i::bigint * 7919) % 7000000000), (array['potential','following','following','won','lost'])[1 + i % 5], (array['A','B','C'])[1 + i % 3], ${owned}, ${owned}, ${at}, ${at}, ${at}
    from generate_series(1, ${customers}) i, ${owner} o`)
  await db.execute(sql`insert into ${tables.lead} (name, contact_name, phone, stage, owner_id, created_by_id, created_at, updated_at)
    select ${cities} || ${pick('启恒瀚博嘉睿鼎卓锦诺', 3)} || '线索' || i, '联系人' || i, '1' || (5000000000 + i), 'following', ${owned}, ${owned}, ${at}, ${at} from generate_series(1, ${Math.round(customers / 4)}) i, ${owner} o`)
  const someCustomer = sql`(select array_agg(id order by id) as ids from ${tables.customer})`
  const its = sql.raw('c.ids[1 + (i * 31) % cardinality(c.ids)]')
  await db.execute(sql`insert into ${tables.contact} (name, phone, customer_id, owner_id, created_by_id, created_at, updated_at)
    select ${pick('王李张刘陈杨赵黄周吴', 3)} || '经理' || i, '1' || (6000000000 + i), ${its}, ${owned}, ${owned}, ${at}, ${at} from generate_series(1, ${customers}) i, ${owner} o, ${someCustomer} c`)
  await db.execute(sql`insert into ${tables.opportunity} (name, customer_id, amount, stage, probability, expected_close_on, closed_at, owner_id, created_by_id, created_at, updated_at)
    select '商机' || i, ${its}, (i * 37) % 900000, case when i % 10 < 2 then 'won' when i % 10 = 2 then 'lost' else (array['new','requirements','solution','proposal'])[1 + i % 4] end, 30, date '2026-12-01',
      case when i % 10 < 3 then ${at} end, ${owned}, ${owned}, ${at}, ${at} from generate_series(1, ${Math.round(customers / 2)}) i, ${owner} o, ${someCustomer} c`)
  await db.execute(sql`insert into ${tables.followUp} (content, method, at, customer_id, owner_id, created_by_id, created_at, updated_at)
    select ${talks} || '，第' || i || '次跟进', 'phone', timestamptz '2026-01-01' + i * interval '19 seconds', ${its}, ${owned}, ${owned}, now(), timestamptz '2026-01-01' + i * interval '19 seconds'
    from generate_series(1, ${followUps}) i, ${owner} o, ${someCustomer} c`)
  await db.execute(sql`insert into ${tables.followUpPlan} (content, method, due_at, customer_id, owner_id, created_by_id, status)
    select '下次' || ${talks}, 'phone', now() - interval '5 days' + (i % 20) * interval '1 day', ${its}, ${owned}, ${owned}, case when i % 4 = 0 then 'open' else 'completed' end
    from generate_series(1, ${customers}) i, ${owner} o, ${someCustomer} c`)
  for (const table of [tables.customer, tables.lead, tables.contact, tables.opportunity, tables.followUp, tables.followUpPlan, tables.account]) await db.execute(sql`vacuum analyze ${table}`)
}
