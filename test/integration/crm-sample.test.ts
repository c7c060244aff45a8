import type { CrmCompany } from '../support/crm.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordKinds } from '#contract/crm/kinds.ts'
import { crmCompany } from '../support/crm.ts'
import { engines } from '../support/engines.ts'

describe.each(engines)('sample records on $engine', ({ open }) => {
  let company: CrmCompany
  beforeAll(async () => {
    company = await crmCompany(open)
  })
  afterAll(() => company.close())

  it('fill an empty CRM once with what the forms themselves would take', async () => {
    const { crm, people } = company
    expect((await crm.today(people.admin, {})).empty).toBe(true)
    const { records } = await crm.sampleData(people.admin, {})
    expect(records).toBeGreaterThan(150)
    await expect(crm.sampleData(people.admin, {})).rejects.toMatchObject({ code: 'sample_data_not_empty' })
    for (const kind of recordKinds) {
      const { items } = await company.list(people.admin, kind)
      expect(items.length, kind).toBeGreaterThan(3)
      const form = await crm.form(people.admin, { params: { kind } })
      const { version, values } = await company.get(people.admin, kind, items[0]!.id)
      const writable = Object.fromEntries(form.fields.filter(field => field.writable).map(({ key }) => [key, values[key] ?? null]))
      expect(await company.patch(people.admin, kind, items[0]!.id, version, writable), kind).toMatchObject({ version: version + 1 })
    }
    const overview = await crm.overview(people.admin, { query: { period: 'quarter', scope: 'department' } })
    expect(Number(overview.wonAmount.value)).toBeGreaterThan(0)
    expect(overview.funnel.every(({ count }) => count > 0)).toBe(true)
    expect((await company.list(people.admin, 'plans', { status: 'overdue' })).total).toBeGreaterThan(0)
    expect(JSON.stringify(await company.list(people.admin, 'follow-ups')).length).toBeLessThan(30_000)
    expect(JSON.stringify(await company.list(people.admin, 'opportunities')).length).toBeLessThan(30_000)
  })
})
