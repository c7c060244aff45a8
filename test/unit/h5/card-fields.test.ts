import type { FormField } from '../../../src/components/record-form/types.ts'
import { describe, expect, it } from 'vitest'
import { fieldsFromCard } from '../../../src/pages/records/edit/card-fields.ts'

const card = { name: '周文博', company: '杭州云岭科技', title: '采购总监', mobile: '13800000001', phone: '', email: '', address: '' }
const field = (key: string, label: string, type = 'text') => ({ key, label, type }) as FormField

describe('a business card in a form', () => {
  it('names a customer after the company, which a card need not have', () => {
    const fields = [field('name', '客户名称'), field('phone', '电话', 'phone')]
    expect(fieldsFromCard(card, fields, 'customers')).toEqual({ name: '杭州云岭科技', phone: '13800000001' })
    expect(fieldsFromCard({ ...card, company: '' }, fields, 'customers')).toMatchObject({ name: '周文博' })
  })

  it('names a contact after the person, and a lead after the company where the person has a field', () => {
    expect(fieldsFromCard(card, [field('name', '姓名'), field('title', '职务')], 'contacts')).toEqual({ name: '周文博', title: '采购总监' })
    expect(fieldsFromCard(card, [field('name', '线索名称'), field('contactName', '联系人')], 'leads')).toEqual({ name: '杭州云岭科技', contactName: '周文博' })
  })
})
