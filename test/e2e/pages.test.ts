import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desktop, phone } from '../support/browser.ts'
import { until } from '../support/until.ts'
import { overflow, startH5 } from './support/h5.ts'
import { mockState } from './support/mock-crm.ts'
import { uuid } from './support/mock-data.ts'
import { customerNumber, difficultCustomers, planNumber } from './support/mock-record-data.ts'

let h5: Awaited<ReturnType<typeof startH5>>
beforeAll(async () => {
  h5 = await startH5()
})
afterAll(() => h5.close())

const first = customerNumber(0)
const detail = `/customers/${first.id}`

describe('the workbench', () => {
  it('fetches its numbers when they come into sight, and leads from one to its list', async () => {
    const page = await h5.open('/mine', mockState(), phone)
    await page.setViewportSize({ width: 390, height: 480 })
    await page.getByRole('link', { name: '工作台' }).click()
    await page.getByRole('heading', { name: '今天要做' }).waitFor()
    const numbers = page.locator('.numbers')
    await numbers.waitFor({ state: 'attached' })
    expect(page.asked.filter(path => path.startsWith('/api/crm/overview'))).toEqual([])
    await numbers.scrollIntoViewIfNeeded()
    await page.getByRole('link', { name: /新增客户/ }).click()
    await page.waitForURL(({ pathname, searchParams }) => pathname === '/customers' && searchParams.get('sort') === '-created' && searchParams.get('view') === 'mine')
    await page.getByText(/共 \d+ 条/).waitFor()
    expect(page.errors).toEqual([])
    await page.context().close()
  })

  it('shows no period\'s numbers under the name of another, and reads them again on every return', async () => {
    const page = await h5.open('/', mockState(), desktop)
    const pressed = (name: string) => page.getByRole('button', { name, pressed: true })
    const followUps = (text: string) => page.locator('.numbers').getByRole('link', { name: new RegExp(`^跟进次数 ?${text}`) })
    await followUps('21 ?较上月多').waitFor()

    let answer = () => {}
    const held = new Promise<void>(resolve => (answer = resolve))
    await page.route('**/api/crm/overview?*', async (route) => {
      await held
      await route.fulfill({ status: 503, json: { error: { code: 'unavailable', message: '服务正在重启。' } } })
    }, { times: 1 })
    await page.getByRole('button', { name: '本季' }).click()
    await page.locator('.overview[aria-busy=true]').waitFor()
    await pressed('本季').waitFor()
    await followUps('21 ?较上月多').waitFor()
    answer()
    await page.getByText('服务正在重启。').waitFor()
    await pressed('本月').waitFor()
    await followUps('21 ?较上月多').waitFor()
    await page.getByRole('button', { name: '重试' }).click()
    await followUps('64 ?较上季多').waitFor()
    await pressed('本季').waitFor()
    expect(await page.getByText('服务正在重启。').count()).toBe(0)

    const asked = () => page.asked.filter(path => path.startsWith('/api/crm/overview')).length
    const before = asked()
    await page.getByRole('link', { name: '我的', exact: true }).click()
    await page.waitForURL('**/mine')
    await page.getByRole('link', { name: '工作台' }).click()
    await until(() => asked() === before + 1)
    expect(page.errors).toEqual([])
    await page.context().close()
  })

  it('promises no more plans than it has, and leads to the others', async () => {
    const state = mockState()
    state.others = Array.from({ length: 53 }, (_, n) => ({ ...planNumber(1), id: uuid(7100 + n) }))
    const page = await h5.open('/', state, phone)
    await page.getByRole('button', { name: '再看 45 项' }).click()
    expect(await page.locator('.today li').count()).toBe(50)
    await page.getByRole('link', { name: '还有 3 项' }).click()
    await page.waitForURL(({ pathname, searchParams }) => pathname === '/plans' && searchParams.get('status') === 'open')
    await page.context().close()
  })

  it('offers an administrator sample data only after a question', async () => {
    const state = mockState({ customers: [] })
    const page = await h5.open('/', state, phone)
    await page.getByRole('button', { name: '载入示例数据' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(state.customers).toHaveLength(0)
    await page.getByRole('button', { name: '载入示例数据' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '载入示例数据' }).click()
    await page.getByRole('heading', { name: '今天要做' }).waitFor()
    await page.context().close()
  })

  it('shows members no way into the administration', async () => {
    const page = await h5.open('/', mockState({ role: 'member', customers: [] }), phone)
    await page.getByText('还没有客户').waitFor()
    await page.getByRole('link', { name: '新建客户' }).first().waitFor()
    expect(await page.getByText(/钉钉设置|组织同步|载入示例数据|^管理$/).count()).toBe(0)
    await page.context().close()
  })
})

describe('the list of customers', () => {
  it('comes back as it was left: rows, place, and without asking again', async () => {
    const page = await h5.open('/customers', mockState(), phone)
    const target = page.getByRole('link', { name: /（36）/ })
    await page.getByRole('listitem').first().waitFor()
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    await target.scrollIntoViewIfNeeded()
    const before = await page.evaluate(() => window.scrollY)
    expect(before).toBeGreaterThan(1000)
    const lists = page.asked.filter(path => path.startsWith('/api/crm/customers?')).length
    await target.click()
    await page.getByRole('heading', { level: 2, name: /（36）/ }).waitFor()
    await page.goBack()
    await target.waitFor()
    await page.waitForFunction(y => Math.abs(window.scrollY - y) < 3, before)
    expect(page.asked.filter(path => path.startsWith('/api/crm/customers?'))).toHaveLength(lists)
    await page.context().close()
  })

  it('keeps its rows and place after a follow-up from a row, with what is new in them', async () => {
    const state = mockState({ customers: Array.from({ length: 120 }, (_, n) => customerNumber(n)) })
    const page = await h5.open('/customers', state, phone)
    const target = page.getByRole('link', { name: /（80）/ })
    await page.getByRole('listitem').first().waitFor()
    await until(async () => {
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
      return (await target.count()) > 0
    })
    await target.scrollIntoViewIfNeeded()
    const before = await page.evaluate(() => window.scrollY)
    const box = (await target.boundingBox())!
    const client = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y: box.y + 40 }] })
    const actions = page.getByRole('button', { name: '跟进' })
    expect(await actions.count()).toBe(0)
    expect(await page.locator('.actions button:not([tabindex="-1"])').count()).toBe(0)
    await touch('touchStart', 300)
    for (const x of [280, 220, 150, 100]) await touch('touchMove', x)
    await touch('touchEnd')
    await actions.click()
    await page.locator('[name=content]').fill('约好下周签合同')
    const lists = () => page.asked.filter(path => path.startsWith('/api/crm/customers?')).length
    const asked = lists()
    state.customers[80]!.name = '改过名的客户'
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('link', { name: /改过名的客户/ }).waitFor()
    await page.waitForFunction(y => Math.abs(window.scrollY - y) < 3, before)
    // As many pages as were there: three, or four where the end of the third came near.
    expect(lists() - asked).toBeGreaterThanOrEqual(3)
    await page.context().close()
  })

  it('keeps what is searched for in the URL, and helps when nothing is found', async () => {
    const page = await h5.open('/customers', mockState(), phone)
    await page.getByRole('searchbox').fill('太湖')
    await page.waitForURL(/q=/)
    await page.getByText('共 5 条').waitFor()
    await page.getByRole('button', { name: '筛选和排序' }).click()
    await page.getByRole('dialog').getByText('已流失').click()
    await page.getByRole('button', { name: '应用' }).click()
    await page.getByText('没有符合条件的记录').waitFor()
    await page.reload()
    await page.getByText('没有符合条件的记录').waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('太湖')
    await page.getByRole('button', { name: '清除条件' }).click()
    await page.getByText('共 45 条').waitFor()
    expect(new URL(page.url()).search).toBe('')
    await page.context().close()
  })

  it('holds 2,000 customers without holding 2,000 rows in the page', async () => {
    const state = mockState({ customers: Array.from({ length: 2000 }, (_, n) => customerNumber(n)) })
    const page = await h5.open('/customers', state, phone)
    await page.getByRole('listitem').first().waitFor()
    // Each turn: go to the end, wait until the next page made it longer.
    for (let loaded = 30; loaded < 2000; loaded += 30) {
      const height = await page.evaluate(() => {
        window.scrollTo(0, document.documentElement.scrollHeight)
        return document.documentElement.scrollHeight
      })
      await page.waitForFunction(known => document.documentElement.scrollHeight > known, height)
    }
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    await page.getByText('没有更多了').waitFor()
    expect(await page.locator('[role=listitem]').count()).toBeLessThan(200)
    await page.evaluate(() => window.scrollTo(0, 0))
    await page.getByText(first.name, { exact: true }).waitFor()
    await page.context().close()
  })

  it('shows names literally and within the page, however long', async () => {
    const state = mockState({ customers: difficultCustomers() })
    for (const width of [320, 1280]) {
      const page = await h5.open('/customers', state, { viewport: { width, height: 760 } })
      const name = page.getByText('<img src=x onerror="document.title=1"> & <b>粗体</b>', { exact: true })
      await name.first().waitFor()
      for (const row of await page.getByRole('listitem').all())
        expect((await row.getByRole('link').boundingBox())!.width).toBeLessThanOrEqual(Math.min(width, 400))
      await name.first().click()
      await page.getByRole('heading', { level: 2, name: '<img src=x' }).waitFor()
      expect(await overflow(page)).toBe(0)
      expect(await page.title()).toContain('<img')
      await page.context().close()
    }
  })

  it('can be pulled down for news on a phone', async () => {
    const state = mockState()
    const page = await h5.open('/customers', state, phone)
    await page.getByRole('listitem').first().waitFor()
    state.customers.unshift({ ...customerNumber(3), id: uuid(9999), name: '刚来的客户' })
    const client = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 180, y }] })
    await touch('touchStart', 320)
    for (const y of [340, 380, 440, 520, 600]) await touch('touchMove', y)
    await touch('touchEnd')
    await page.getByText('刚来的客户').waitFor()
    await page.context().close()
  })

  it('says what failed and tries again', async () => {
    const page = await h5.open('/', mockState(), phone)
    await page.getByRole('heading', { name: '今天要做' }).waitFor()
    await page.route(
      '**/api/crm/customers?*',
      route =>
        route.fulfill({
          status: 503,
          json: { error: { code: 'unavailable', message: '服务正在重启。', help: '请稍候再试。', requestId: 'req-42' } },
        }),
      { times: 1 },
    )
    await page.getByRole('link', { name: '客户', exact: true }).click()
    await page.getByText('服务正在重启。').waitFor()
    await page.getByText('req-42').waitFor()
    await page.getByRole('button', { name: '重试' }).click()
    await page.getByText('共 45 条').waitFor()
    await page.context().close()
  })
})

it('a search that failed leaves no error behind once its box is empty', async () => {
  const page = await h5.open('/search', mockState(), phone)
  const json = { error: { code: 'unavailable', message: '服务正在重启。' } }
  await page.route('**/api/crm/search?*', route => route.fulfill({ status: 503, json }), { times: 1 })
  await page.getByRole('searchbox').fill('太湖')
  await page.getByText('服务正在重启。').waitFor()
  await page.getByRole('searchbox').fill('')
  await page.getByText('服务正在重启。').waitFor({ state: 'hidden' })
  await page.context().close()
})

describe('one customer', () => {
  it('can be called in one tap, and edited only by those who may', async () => {
    const page = await h5.open(detail, mockState(), phone)
    await page.getByRole('tab', { name: '资料' }).click()
    expect(await page.getByRole('link', { name: '139 0000 1000' }).getAttribute('href')).toBe('tel:13900001000')
    expect(await page.getByRole('button', { name: '电话', exact: true }).isEnabled()).toBe(true)
    const edit = await page.getByRole('link', { name: '编辑' }).boundingBox()
    expect(edit!.height).toBeGreaterThanOrEqual(44)
    await page.context().close()

    const readOnly = await h5.open(`/customers/${uuid(104)}`, mockState(), phone)
    await readOnly.getByText('同事以只读方式共享给你。').waitFor()
    expect(await readOnly.getByRole('link', { name: '编辑' }).count()).toBe(0)
    await readOnly.context().close()
  })

  it('that is not there leads back to the list', async () => {
    const page = await h5.open(`/customers/${uuid(99999)}`, mockState(), phone)
    await page.getByText('找不到这条记录').waitFor()
    await page.getByRole('link', { name: '回到列表' }).click()
    await page.getByText('共 45 条').waitFor()
    await page.context().close()
  })

  it('stands beside the list on wide screens, and an edit shows in both', async () => {
    const state = mockState()
    const page = await h5.open('/customers?sort=name', state, desktop)
    await page.getByText('选择一条记录').waitFor()
    expect(await page.locator('.van-swipe-cell').count()).toBe(0)
    await page
      .getByRole('link', { name: new RegExp(`^${first.name}`) })
      .first()
      .click()
    await page.getByRole('heading', { level: 2, name: first.name }).waitFor()
    expect(new URL(page.url()).search).toBe('?sort=name')
    await page.getByRole('link', { name: '编辑' }).click()
    await page.locator('[name=region]').fill('绍兴')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { level: 2, name: first.name }).waitFor()
    await page.getByText(/绍兴/).first().waitFor()
    expect(state.saved).toEqual([{ values: { region: '绍兴' }, version: 1 }])
    expect(await overflow(page)).toBe(0)
    await page.context().close()
  })
})
