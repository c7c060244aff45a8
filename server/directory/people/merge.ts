import type { MergePreview } from '#contract/people/accounts.ts'
import type { Db } from '../../db/index.ts'
import type { By, PeopleParts } from './parts.ts'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { beforeBindings } from '../binding-locks.ts'
import { mergePlan } from './merge-plan.ts'
import { accountRows } from './rows.ts'

const { account, accountDepartment, accountRole, bindCode, binding, bindingAside, bindingEvent } = tables

/**
 * What merging would do.
 * @throws {AppError} not_found, own_account, accounts_not_mergeable
 */
export async function previewMerge({ db, ownedRecords, elsewhere }: Pick<PeopleParts, 'db' | 'ownedRecords' | 'elsewhere'>, keepId: string, dropId: string, by: By): Promise<MergePreview> {
  const { plan } = await look(db, keepId, dropId, by)
  const rows = await accountRows(db, inArray(account.id, [keepId, dropId]), 2)
  const owned = (await ownedRecords(db, [dropId])).get(dropId) ?? {}
  return {
    keep: rows.find(({ id }) => id === keepId)!,
    drop: rows.find(({ id }) => id === dropId)!,
    records: Object.entries(owned).map(([kind, count]) => ({ kind, count })),
    binding: plan.binding,
    fills: Object.keys(plan.fills),
    becomesAdministrator: plan.becomesAdministrator,
    elsewhere,
  }
}

/**
 * Merges one account into another of the same person, in one transaction: records, roles, departments, what is empty,
 * and the binding where the kept account has no living one. The other account stays, disabled and pointing here.
 * @throws {AppError} not_found, own_account, accounts_not_mergeable
 */
export async function mergeAccounts(parts: PeopleParts, keepId: string, dropId: string, by: By): Promise<void> {
  await parts.db.transaction(async (tx) => {
    await beforeBindings(tx)
    // In one order, so that two merges of the same pair cannot wait for each other.
    await tx.select({ id: account.id }).from(account).where(inArray(account.id, [keepId, dropId])).orderBy(account.id).for('update')
    const { keep, drop, plan } = await look(tx, keepId, dropId, by)
    const at = new Date()
    const moved = await parts.handOver(tx, { from: dropId, to: keepId, at, actor: by.name })
    await parts.takeOverRest(tx, { from: dropId, to: keepId })
    await moveBinding(tx, plan.binding, keepId, dropId, by)
    await tx.update(bindingAside).set({ accountId: keepId }).where(eq(bindingAside.accountId, dropId))
    await tx.execute(sql`
      insert into ${accountRole} (account_id, role) select ${keepId}::uuid, role from ${accountRole} where ${accountRole.accountId} = ${dropId} on conflict do nothing`)
    await tx.execute(sql`
      insert into ${accountDepartment} (account_id, department_id, leader)
      select ${keepId}::uuid, department_id, leader from ${accountDepartment} where ${accountDepartment.accountId} = ${dropId}
      on conflict (account_id, department_id) do update set leader = true where excluded.leader`)
    await tx.update(account).set({ managerId: keepId }).where(and(eq(account.managerId, dropId), sql`${account.id} <> ${keepId}`))
    // Nobody reports to themselves, nor to an account that is no more.
    await tx.update(account).set({ managerId: null }).where(and(eq(account.id, keepId), eq(account.managerId, dropId)))
    await tx.delete(bindCode).where(and(eq(bindCode.accountId, dropId), isNull(bindCode.usedAt)))
    await tx.update(account).set({ ...plan.fills, ...(plan.becomesAdministrator && { role: 'admin' as const }), updatedAt: at }).where(eq(account.id, keepId))
    await tx
      .update(account)
      .set({ status: 'disabled', disabledBy: 'admin', disabledAt: at, mergedIntoId: keepId, role: 'member', updatedAt: at })
      .where(eq(account.id, dropId))
    await tx.update(account).set({ mergedIntoId: keepId }).where(eq(account.mergedIntoId, dropId))
    await parts.endSessions(tx, plan.replacesBinding ? [keepId, dropId] : [dropId])
    await audit(tx, {
      action: 'account.merge',
      target: { type: 'account', id: keepId, name: keep.name },
      detail: { from: { id: dropId, name: drop.name }, binding: plan.binding, fills: plan.fills, becomesAdministrator: plan.becomesAdministrator, moved },
    })
  })
}

async function look(db: Db, keepId: string, dropId: string, by: By) {
  const found = await db
    .select({ account, bound: { userid: binding.userid, state: binding.state } })
    .from(account)
    .leftJoin(binding, eq(binding.accountId, account.id))
    .where(inArray(account.id, [keepId, dropId]))
  const keep = found.find(entry => entry.account.id === keepId)
  const drop = found.find(entry => entry.account.id === dropId)
  if (!keep || !(drop ?? keepId === dropId))
    throw new AppError('not_found')
  if (dropId === by.accountId)
    throw new AppError('own_account')
  const plan = drop && mergePlan({ ...keep.account, bound: keep.bound?.state ?? null }, { ...drop.account, bound: drop.bound?.state ?? null })
  if (!plan || !drop)
    throw new AppError('accounts_not_mergeable')
  // Whoever does this would log in by another member's DingTalk from then on.
  if (keepId === by.accountId && plan.replacesBinding)
    throw new AppError('own_account')
  return { keep: keep.account, drop: drop.account, plan }
}

/** The member of the dropped account comes along, or is free afterwards; either way the history says so. */
async function moveBinding(tx: Db, what: MergePreview['binding'], keepId: string, dropId: string, by: By): Promise<void> {
  const note = (action: 'bound' | 'unbound', accountId: string, { userid, unionid }: { userid: string, unionid: string }) =>
    tx.insert(bindingEvent).values({ action, accountId, userid, unionid, source: 'merge', actor: by.name })
  if (what === 'moves') {
    const [replaced] = await tx.delete(binding).where(eq(binding.accountId, keepId)).returning()
    if (replaced)
      await note('unbound', keepId, replaced)
    const [came] = await tx.update(binding).set({ accountId: keepId }).where(eq(binding.accountId, dropId)).returning()
    if (came) {
      await note('unbound', dropId, came)
      await note('bound', keepId, came)
    }
    return
  }
  const [freed] = await tx.delete(binding).where(eq(binding.accountId, dropId)).returning()
  if (freed)
    await note('unbound', dropId, freed)
}
