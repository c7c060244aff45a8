import type { Db } from '../db/index.ts'
import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { audit } from '../audit/index.ts'
import { tables } from '../db/index.ts'
import { lockBindings } from './binding-locks.ts'

const { accessRequest, binding, bindingAside, bindingEvent, session, syncRun, visitor } = tables

/** What is kept of a binding while its company is not connected. */
const kept = sql.raw('userid, unionid, account_id, source, activated, state, seen_at, missing_since, missing_runs')

/** Another company is connected, by whom: their own session goes on, so that they can finish. */
export interface CompanyChange {
  from: string
  to: string
  actor: string
  accountId: string | null
}

/**
 * Puts the bindings and access requests of the company that was connected aside, brings back those of the new one from an
 * earlier time, and logs everybody else out, within the caller's transaction. A userid of one company is somebody else in another, so
 * neither a login nor a sync may follow it there; accounts and records stay.
 */
export async function changeCompany(tx: Db, { from, to, actor, accountId }: CompanyChange): Promise<void> {
  await lockBindings(tx)
  await tx.execute(sql`insert into ${bindingEvent} (id, at, action, account_id, userid, unionid, source, actor) select gen_random_uuid(), now(), 'unbound', account_id, userid, unionid, 'company', ${actor}::text from ${binding}`)
  await tx.execute(sql`delete from ${bindingAside} where corp_id = ${from} and userid in (select userid from ${binding})`)
  await tx.execute(sql`insert into ${bindingAside} (corp_id, ${kept}) select ${from}::text, ${kept} from ${binding}`)
  await tx.delete(binding)
  // Of two that were merged meanwhile only one can be an account's; the other one stays aside.
  await tx.execute(sql`insert into ${binding} (${kept}) select distinct on (account_id) ${kept} from ${bindingAside} where corp_id = ${to} order by account_id, at desc`)
  await tx.execute(sql`insert into ${bindingEvent} (id, at, action, account_id, userid, unionid, source, actor) select gen_random_uuid(), now(), 'bound', account_id, userid, unionid, 'company', ${actor}::text from ${binding}`)
  await tx.execute(sql`delete from ${bindingAside} a using ${binding} b where a.corp_id = ${to} and a.userid = b.userid`)
  const others = and(eq(session.kind, 'account'), accountId === null ? undefined : ne(session.accountId, accountId))
  await tx.delete(session).where(others)
  // Who asked at the door was vouched for by the other company.
  await tx.delete(visitor)
  // What was read from the other company is not written any more: whoever is about to finds that the run has ended.
  await tx.update(syncRun).set({ status: 'cancelled', finishedAt: new Date() }).where(eq(syncRun.status, 'running'))
  await tx.update(syncRun).set({ status: 'outdated' }).where(inArray(syncRun.status, ['planned', 'stopped']))
  const waiting = await tx.$count(accessRequest, and(isNull(accessRequest.corpId), eq(accessRequest.status, 'open')))
  await tx.update(accessRequest).set({ corpId: from }).where(isNull(accessRequest.corpId))
  await tx.update(accessRequest).set({ corpId: null }).where(eq(accessRequest.corpId, to))
  const [bound, aside] = [await tx.$count(binding), await tx.$count(bindingAside, eq(bindingAside.corpId, from))]
  await audit(tx, { actor, action: 'binding.company', detail: { from, to, aside, bound, requests: waiting } })
}
