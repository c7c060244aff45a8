import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desktop, phone } from '../support/browser.ts'
import { startH5 } from './support/h5.ts'
import { mockState } from './support/mock-crm.ts'
import { customerNumber } from './support/mock-record-data.ts'

let h5: Awaited<ReturnType<typeof startH5>>
beforeAll(async () => {
  h5 = await startH5()
})
afterAll(() => h5.close())

const first = customerNumber(0)
const detail = `/customers/${first.id}`

describe('creating a customer', () => {
  it('says at the fields what is wrong, what the server found as well, and then shows the new customer', async () => {
    const state = mockState()
    const page = await h5.open('/customers', state, phone)
    await page.getByRole('link', { name: '新建客户' }).click()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('请填写客户名称').waitFor()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name')

    await page.getByLabel('客户名称').fill('新来的客户 <b>😀</b>')
    await page.locator('[name=phone]').fill('0000000')
    await page.locator('[data-field=owner] button').click()
    await page.getByRole('dialog').getByRole('button', { name: /李娜/ }).click()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('电话号码不存在').waitFor()

    await page.locator('[name=phone]').fill('0571-8888 6666')
    await page.getByText('已成交').click()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { level: 2, name: '新来的客户 <b>😀</b>' }).waitFor()
    expect(state.customers[0]).toMatchObject({ name: '新来的客户 <b>😀</b>', values: { status: 'won' }, owner: { name: '李娜' } })

    await page.goBack()
    await page.getByText('共 46 条').waitFor()
    expect(new URL(page.url()).pathname).toBe('/customers')
    expect(page.errors).toEqual([])
    await page.context().close()
  })

  it('counts the remark and refuses what is too long before it is sent', async () => {
    const page = await h5.open('/customers/new', mockState(), desktop)
    await page.locator('[name=name]').fill('某公司')
    await page.locator('[name=remark]').fill('字'.repeat(3001))
    await page.getByText('3,001 / 3,000').waitFor()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('最多 3000 个字，超出 1 个').waitFor()
    await page.context().close()
  })

  it('keeps what was typed as a draft on wish, and shows it where it will stand', async () => {
    const page = await h5.open('/customers', mockState(), phone)
    await page.getByRole('link', { name: '新建客户' }).click()
    await page.getByLabel('客户名称').fill('半途而废')
    await page.getByRole('link', { name: '我的' }).click()
    // Turning away from the question loses nothing.
    await page.getByRole('dialog').getByText('不保留写下的内容？').waitFor()
    await page.keyboard.press('Escape')
    await page.waitForURL('**/mine')
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByText('还有 1 份草稿').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()

    await page.getByRole('link', { name: '客户', exact: true }).click()
    await page.getByRole('link', { name: '草稿 半途而废' }).click()
    expect(await page.getByLabel('客户名称').inputValue()).toBe('半途而废')
    await page.getByLabel('客户名称').fill('半途而废又改')
    await page.getByRole('button', { name: '取消' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '不保留' }).click()
    await page.getByRole('link', { name: '草稿 半途而废 客户' }).click()
    await page.getByRole('button', { name: '放弃这份草稿' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
    await page.getByText('共 45 条').waitFor()
    expect(await page.getByRole('link', { name: /半途而废/ }).count()).toBe(0)
    expect(page.errors).toEqual([])
    await page.context().close()
  })
})

describe('editing a customer', () => {
  it('shows both versions when somebody else was faster, and saves what is chosen', async () => {
    const state = mockState()
    const page = await h5.open(`${detail}/edit`, state, phone)
    await page.locator('[name=remark]').fill('我写的备注')
    await page.locator('[name=region]').fill('绍兴')
    Object.assign(state.customers[0]!, { version: 2, values: { ...state.customers[0]!.values, remark: '同事写的备注', region: '嘉兴', industry: '同事填的行业' } })
    await page.getByRole('button', { name: '保存' }).click()

    await page.getByText('你编辑期间，这条记录已被修改').waitFor()
    for (const words of ['我写的备注', '同事写的备注', '绍兴', '嘉兴', '同事填的行业']) await page.getByText(words).waitFor()
    expect(state.saved).toEqual([])
    await page.getByLabel(/嘉兴/).check()
    await page.getByRole('button', { name: '按选择保存' }).click()

    await page.getByRole('heading', { level: 2, name: first.name }).waitFor()
    expect(state.saved).toEqual([{ values: { remark: '我写的备注' }, version: 2 }])
    expect(state.customers[0]!.values).toMatchObject({ remark: '我写的备注', region: '嘉兴', industry: '同事填的行业' })
    expect(page.errors).toEqual([])
    await page.context().close()
  })

  it('asks again when it changed once more while choosing', async () => {
    const state = mockState()
    const page = await h5.open(`${detail}/edit`, state, desktop)
    await page.locator('[name=region]').fill('绍兴')
    Object.assign(state.customers[0]!, { version: 2, values: { ...state.customers[0]!.values, region: '嘉兴' } })
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('嘉兴').first().waitFor()
    Object.assign(state.customers[0]!, { version: 3, values: { ...state.customers[0]!.values, region: '湖州' } })
    await page.getByRole('button', { name: '按选择保存' }).click()
    await page.getByLabel(/湖州/).waitFor()
    await page.getByRole('button', { name: '按选择保存' }).click()
    await page.getByRole('heading', { level: 2, name: first.name }).waitFor()
    expect(state.customers[0]).toMatchObject({ values: { region: '绍兴' }, version: 4 })
    await page.context().close()
  })

  it('sets a time by wheels under a thumb and clears it again', async () => {
    const state = mockState()
    const page = await h5.open(`${detail}/edit`, state, phone)
    const field = page.locator('[data-field=visitAt]')
    await field.getByRole('button').first().click()
    await page.getByText('确认').click()
    await field.getByRole('button', { name: '清除时间' }).click()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { level: 2, name: first.name }).waitFor()
    expect(state.saved).toEqual([{ values: { visitAt: null }, version: 1 }])
    await page.context().close()
  })
})
