import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desktop, phone } from '../support/browser.ts'
import { startH5 } from './support/h5.ts'
import { mockState } from './support/mock-crm.ts'
import { customerNumber, difficultCustomers } from './support/mock-record-data.ts'

let h5: Awaited<ReturnType<typeof startH5>>
beforeAll(async () => {
  h5 = await startH5()
})
afterAll(() => h5.close())

describe('a server out of reach', () => {
  it('keeps the page, says so, and opens the next page once it is back', async () => {
    const page = await h5.open('/', mockState(), phone)
    await page.getByRole('heading', { name: '今天要做' }).waitFor()
    await page.context().setOffline(true)
    await page.getByRole('link', { name: '我的', exact: true }).click()
    await page.getByText('连不上服务器，页面没有打开').waitFor()
    await page.getByRole('heading', { name: '今天要做' }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('button', { name: '重试' }).click()
    await page.getByRole('button', { name: '退出登录' }).waitFor()
    await page.getByText('连不上服务器，页面没有打开').waitFor({ state: 'hidden' })
    await page.context().close()
  })
})

it('says so when the page arrives without its script, and offers another try', async () => {
  const page = await h5.open('/mine', mockState(), phone)
  await page.getByRole('button', { name: '退出登录' }).waitFor()
  await page.route(/\/assets\/.*\.js$/, route => route.abort())
  await page.reload()
  await page.getByText('连不上服务器，请检查网络后重试').waitFor()
  await page.unroute(/\/assets\/.*\.js$/)
  await page.getByRole('button', { name: /重试/ }).click()
  await page.getByRole('button', { name: '退出登录' }).waitFor()
  await page.context().close()
})

describe('the customers tab', () => {
  it('is found where it was left', async () => {
    const page = await h5.open('/customers', mockState(), phone)
    await page.getByRole('listitem').first().waitFor()
    await page.evaluate(() => window.scrollTo(0, 900))
    await page.getByRole('link', { name: '我的', exact: true }).click()
    await page.getByRole('button', { name: '退出登录' }).waitFor()
    await page.getByRole('link', { name: '客户', exact: true }).click()
    await page.waitForFunction(() => Math.abs(window.scrollY - 900) < 3)
    await page.context().close()
  })
})

it('keeps the list beside a customer where it was, over a visit to another tab', async () => {
  const page = await h5.open('/customers', mockState(), desktop)
  const pane = page.locator('.list-pane')
  await page.getByRole('listitem').first().waitFor()
  await pane.evaluate(element => element.scrollTo(0, 700))
  await page.getByRole('link', { name: '我的', exact: true }).click()
  await page.getByRole('button', { name: '退出登录' }).waitFor()
  await page.getByRole('link', { name: '客户', exact: true }).click()
  await page.waitForFunction(() => document.querySelector('.list-pane')?.scrollTop === 700)
  await page.context().close()
})

describe('the detail of a customer', () => {
  it('has its edit action in the head on wide screens, and the name once', async () => {
    const customer = customerNumber(0)
    const page = await h5.open(`/customers/${customer.id}`, mockState(), desktop)
    await page.locator('header').getByRole('link', { name: '编辑' }).waitFor()
    expect(await page.getByRole('heading', { name: customer.name }).count()).toBe(1)
    expect(await page.title()).toBe(customer.name)
    await page.context().close()
  })

  it('folds a very long name on phones', async () => {
    const [long] = difficultCustomers()
    const page = await h5.open(`/customers/${long!.id}`, mockState({ customers: [long!] }), phone)
    const heading = page.getByRole('heading', { level: 2, name: long!.name })
    await page.getByRole('button', { name: '显示完整名称' }).waitFor()
    const folded = (await heading.boundingBox())!.height
    await page.getByRole('button', { name: '显示完整名称' }).click()
    await page.getByRole('button', { name: '收起名称' }).waitFor()
    expect((await heading.boundingBox())!.height).toBeGreaterThan(folded)
    await page.context().close()
  })
})

it('asks for no secrets on a server that is set up', async () => {
  const page = await h5.open('/setup', mockState(), phone)
  await page.getByRole('heading', { name: '设置已经完成' }).waitFor()
  expect(await page.getByRole('textbox').count()).toBe(0)
  await page.getByRole('link', { name: '打开钉钉设置' }).waitFor()
  await page.context().close()
})

it('colours what loses something as a danger', async () => {
  const page = await h5.open('/mine', mockState(), phone)
  await page.getByRole('button', { name: '退出登录' }).click()
  const yes = page.getByRole('dialog').getByRole('button', { name: '退出登录' })
  await yes.waitFor()
  expect(await yes.evaluate(button => getComputedStyle(button).color)).toBe('rgb(204, 59, 59)')
  await page.context().close()
})
