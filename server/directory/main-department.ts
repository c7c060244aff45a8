import type { PlacedAccount } from '#contract/directory.ts'
import type { Db } from '../db/index.ts'
import { and, eq } from 'drizzle-orm'
import { audit } from '../audit/index.ts'
import { tables } from '../db/index.ts'
import { AppError } from '../http/app-error.ts'
import { readAccount } from './accounts.ts'

const { account, accountDepartment, department } = tables

/**
 * Makes one of a person's departments the main one, and no sync changes that while they are in it; null gives it back to
 * the sync, which keeps the present one until they leave it.
 * @throws {AppError} not_found, not_in_department
 */
export async function chooseMainDepartment(db: Db, accountId: string, departmentId: string | null): Promise<PlacedAccount> {
  await db.transaction(async (tx) => {
    const [person] = await tx
      .select({ name: account.name, mainDepartmentId: account.mainDepartmentId, chosen: account.mainDepartmentChosen, department: department.name })
      .from(account)
      .leftJoin(department, eq(department.id, account.mainDepartmentId))
      .where(eq(account.id, accountId))
      .for('update', { of: account })
    if (!person)
      throw new AppError('not_found')
    const [wanted] = departmentId === null
      ? []
      : await tx
          .select({ name: department.name })
          .from(accountDepartment)
          .innerJoin(department, eq(department.id, accountDepartment.departmentId))
          .where(and(eq(accountDepartment.accountId, accountId), eq(accountDepartment.departmentId, departmentId)))
          .for('share')
    if (departmentId !== null && !wanted)
      throw new AppError('not_in_department')
    const mainDepartmentId = departmentId ?? person.mainDepartmentId
    const chosen = departmentId !== null
    if (mainDepartmentId === person.mainDepartmentId && chosen === person.chosen)
      return
    await tx.update(account).set({ mainDepartmentId, mainDepartmentChosen: chosen, updatedAt: new Date() }).where(eq(account.id, accountId))
    await audit(tx, {
      action: 'account.main_department',
      target: { type: 'account', id: accountId, name: person.name },
      detail: { before: { mainDepartment: person.department, chosen: person.chosen }, after: { mainDepartment: wanted?.name ?? person.department, chosen } },
    })
  })
  return readAccount(db, accountId)
}
