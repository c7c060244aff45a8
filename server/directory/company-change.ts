import type { Db } from '../db/index.ts'
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { audit } from '../audit/index.ts'
import { tables } from '../db/index.ts'
import { lockBindings } from './binding-locks.ts'

const { accessRequest, binding, bindingAside, bindingEvent, session, syncRun, visitor } = tables

/** Another company is connected, by whom: their own session goes on, so that they can finish. */
export interface CompanyChange {
  from: string
  to: string
  actor: string
  accountId: string | null
}

/**
 * Puts the bindings of the company that was connected aside, brings back those of the new one from an earlier time, and
 * logs everybody else out, within the caller's transaction. A userid of one company is somebody else in another, so
 * neither a login nor a sync may follow it there; accounts and records stay.
 */
export async function changeCompany(tx: Db, { from, to, actor, accountId }: CompanyChange): Promise<void> {
  await lockBindings(tx)
  const leaving = sql`select ${from}::text, userid, unionid, account_id, source, activated, now() from ${binding}`
  await tx.execute(sql`insert into ${bindingEvent} (id, at, action, account_id, userid, unionid, source, actor) select gen_random_uuid(), now(), 'unbound', account_id, userid, unionid, 'company', ${actor}::text from ${binding}`)
  await tx.execute(sql`insert into ${bindingAside} (corp_id, userid, unionid, account_id, source, activated, at) ${leaving}
    on conflict (corp_id, userid) do update set unionid = excluded.unionid, account_id = excluded.account_id, source = excluded.source, activated = excluded.activated, at = excluded.at`)
  await tx.delete(binding)
  const back = sql`from ${bindingAside} a where a.corp_id = ${to}`
  await tx.execute(sql`insert into ${binding} (userid, unionid, account_id, source, activated)
    select distinct on (a.account_id) a.userid, a.unionid, a.account_id, a.source, a.activated ${back} order by a.account_id, a.at desc`)
  await tx.execute(sql`insert into ${bindingEvent} (id, at, action, account_id, userid, unionid, source, actor) select gen_random_uuid(), now(), 'bound', account_id, userid, unionid, 'company', ${actor}::text from ${binding}`)
  await tx.delete(bindingAside).where(eq(bindingAside.corpId, to))
  const others = and(eq(session.kind, 'account'), accountId === null ? undefined : ne(session.accountId, accountId))
  await tx.delete(session).where(others)
  // Who asked at the door was vouched for by the other company.
  await tx.delete(visitor)
  // What was read from the other company is not written any more: whoever is about to finds that the run has ended.
  await tx.update(syncRun).set({ status: 'cancelled', finishedAt: new Date() }).where(eq(syncRun.status, 'running'))
  await tx.update(syncRun).set({ status: 'outdated' }).where(inArray(syncRun.status, ['planned', 'stopped']))
  const refused = await tx.update(accessRequest).set({ status: 'refused', decidedBy: actor, decidedAt: new Date() }).where(eq(accessRequest.status, 'open')).returning({ id: accessRequest.id })
  const [bound, aside] = [await tx.$count(binding), await tx.$count(bindingAside, eq(bindingAside.corpId, from))]
  await audit(tx, { actor, action: 'binding.company', detail: { from, to, aside, bound, requests: refused.length } })
}
