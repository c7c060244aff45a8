import type { FieldIssue } from '#contract/errors.ts'
import type { Db } from '../../../db/index.ts'
import type { FieldDef, KindDef } from '../kinds/index.ts'
import { and, eq, ne } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { among } from '../access/reach.ts'
import { propOf } from '../kinds/index.ts'
import { searchForm } from '../records/keyword.ts'

const { uniqueValue } = tables

/** How values are compared: letters of either width and case alike, blanks apart; phones by their digits. */
export function comparedForm({ type }: Pick<FieldDef, 'type'>, value: string): string {
  return type === 'phone' ? phoneDigits(value) : nameKey(value)
}

/** As the database's crm_name_key. */
export function nameKey(value: string): string {
  return searchForm(value).replaceAll(/\s+/g, '')
}

/** As the database's crm_phone_digits: China's country code is left out. */
export function phoneDigits(value: string): string {
  return value.normalize('NFKC').replaceAll(/\D/g, '').replace(/^(?:0086|86)(?=1\d{10}$)/, '')
}

function isValue({ kind }: KindDef, field: FieldDef, value: string) {
  return and(eq(uniqueValue.kind, kind), eq(uniqueValue.field, field.key), eq(uniqueValue.value, comparedForm(field, value)))
}

/**
 * Claims the values of unique fields for a record, in the transaction that writes it: of two at once the second one
 * waits, and then is told.
 */
export async function claimValues(tx: Db, kind: KindDef, recordId: string, stored: Record<string, unknown>, path = 'values'): Promise<FieldIssue[]> {
  const issues: FieldIssue[] = []
  for (const field of kind.fields.filter(({ unique }) => unique)) {
    const value = stored[propOf(field)]
    if (typeof value !== 'string')
      continue
    await tx.delete(uniqueValue).where(and(eq(uniqueValue.kind, kind.kind), eq(uniqueValue.recordId, recordId), eq(uniqueValue.field, field.key)))
    if (value === '')
      continue
    const form = comparedForm(field, value)
    await tx.insert(uniqueValue).values({ kind: kind.kind, field: field.key, value: form, recordId }).onConflictDoNothing()
    const [taken] = await tx
      .select({ id: uniqueValue.recordId })
      .from(uniqueValue)
      .where(and(isValue(kind, field, value), ne(uniqueValue.recordId, recordId)))
    if (taken)
      issues.push({ path: `${path}.${field.key}`, message: 'taken' })
  }
  return issues
}

/** Values of unique fields that live records have already, before anything is written. */
export async function takenValues(db: Db, kind: KindDef, stored: Record<string, unknown>, path = 'values'): Promise<FieldIssue[]> {
  const issues: FieldIssue[] = []
  for (const field of kind.fields.filter(({ unique }) => unique)) {
    const value = stored[propOf(field)]
    if (typeof value === 'string' && value !== '' && (await db.$count(uniqueValue, isValue(kind, field, value))) > 0)
      issues.push({ path: `${path}.${field.key}`, message: 'taken' })
  }
  return issues
}

/** Lets the values of deleted records be used again. */
export async function freeValues(tx: Db, { kind }: KindDef, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length > 0)
    await tx.delete(uniqueValue).where(and(eq(uniqueValue.kind, kind), among(uniqueValue.recordId, recordIds)))
}
