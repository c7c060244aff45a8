import type { Browser, Page } from 'playwright-core'
import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { startApp } from '../support/app.ts'
import { launchBrowser } from '../support/browser.ts'
import { until } from '../support/until.ts'

type Rules = ApiOutput<'GET /api/messages/rules'>['rules']

describe('what a work notification opens', () => {
  let app: TestApp
  let admin: Client
  let member: Client
  let browser: Browser
  let runId: string
  let customer: { id: string, name: string }

  beforeAll(async () => {
    app = await startApp({ sandbox: { withContainer: true } })
    admin = await app.loggedIn('zhangsan')
    await changeRules({ kinds: ['sync.finished', 'digest.daily'] })
    await gather(0)
    runId = (await app.sync(admin)).id
    member = await app.loggedIn('lisi')
    customer = (await member.post<typeof customer>('/api/crm/customers', { values: { name: '启远科技' } })).body
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await app.close()
  })

  /** Has these kinds sent in DingTalk, too, or messages opened elsewhere on PC. */
  async function changeRules({ kinds = [], ...rest }: { kinds?: (keyof Rules['kinds'])[], pcOpens?: Rules['pcOpens'] }): Promise<void> {
    const { rules } = (await admin.get<{ rules: Rules }>('/api/messages/rules')).body
    const sent = Object.fromEntries(kinds.map(kind => [kind, { ...rules.kinds[kind], dingtalk: true }]))
    expect((await admin.put('/api/messages/rules', { ...rules, ...rest, kinds: { ...rules.kinds, ...sent } })).status).toBe(200)
  }
  /** How long messages to one person wait for others of their kind. */
  async function gather(gatherSeconds: number): Promise<void> {
    const { settings } = (await admin.get<ApiOutput<'GET /api/notification-delivery'>>('/api/notification-delivery')).body
    expect((await admin.put('/api/notification-delivery', { ...settings, gatherSeconds })).status).toBe(200)
  }
  const arrived = (userid: string, words: string) => until(async () => JSON.stringify(app.sandbox.platform.messagesOf(userid)).includes(words) || undefined)
  async function idOf(client: Client): Promise<string> {
    const { body } = await client.get<ApiOutput<'GET /api/session'>>('/api/session')
    return body.kind === 'account' ? body.account.id : ''
  }

  /** Taps a message on a device that shows the app, until a page of ours shows this path, wherever it opens. */
  async function tap(label: string, words: string, path: string, meanwhile?: (page: Page) => Promise<void>): Promise<void> {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${app.sandbox.containerUrl}/#${label}`)
    const device = page.locator(`[data-host="${label}.localhost"]`)
    await device.locator('iframe').last().contentFrame().locator('main').waitFor()
    if (label.endsWith('-phone'))
      await device.getByRole('button', { name: '关闭页面' }).click()
    await device.getByRole('button', { name: '消息' }).first().click()
    const message = device.locator('.message', { hasText: words }).first()
    const action = message.locator('.action').first()
    await ((await action.count()) > 0 ? action : message).click()
    await meanwhile?.(page)
    const shows = (one: Page) => one.frames().some(frame => URL.canParse(frame.url()) && new URL(frame.url()).pathname === path)
    await until(async () => page.context().pages().some(shows) || undefined)
    await page.context().close()
  }

  it.each(['lisi-phone', 'lisi-pc'])('is the announcement, the plan, or the plans of the day (%s)', async (label) => {
    const title = `停电通知 ${label}`
    const announced = await admin.post<{ id: string }>('/api/messages/announcements', { key: randomUUID(), title, text: '周五晚停电', audience: { kind: 'people', ids: [await idOf(member)] }, way: 'people', urgent: true })
    expect(announced.status, JSON.stringify(announced.body)).toBe(201)
    // Far ahead, where the app's own schedule has not been yet; each device has its day.
    const day = label === 'lisi-phone' ? 15 : 16
    const plan = await member.post<{ id: string }>('/api/crm/plans', { values: { content: `回访 ${label}`, dueAt: `2037-06-${day}T07:00:00Z`, customer: customer.id } })
    expect(plan.status, JSON.stringify(plan.body)).toBe(201)
    const through = new Date(`2037-06-${day - 1}T11:59:00+08:00`)
    for (const name of ['plans', 'digest.daily', 'digest.weekly'])
      await app.database.db.insert(tables.messageClock).values({ name, through }).onConflictDoUpdate({ target: tables.messageClock.name, set: { through } })
    await app.messages.remind(new Date(`2037-06-${day}T09:00:00+08:00`))
    await Promise.all([arrived('lisi', title), arrived('lisi', '今天有'), until(async () => app.sandbox.platform.messagesOf('lisi').filter(message => JSON.stringify(message).includes('即将到期')).length === (label === 'lisi-phone' ? 1 : 2) || undefined)])
    await tap(label, title, `/messages/announcements/${announced.body.id}`)
    await tap(label, '即将到期', `/plans/${plan.body.id}`)
    await tap(label, '今天有', '/plans')
  })

  it('is the run of a synchronisation', async () => {
    await arrived('zhangsan', '组织同步完成')
    await tap('zhangsan-pc', '组织同步完成', `/admin/sync/runs/${runId}`)
  })

  it.each(['panel', 'browser'] as const)('opens in the %s of a PC where the administrator wants that, after a login where there is none', async (pcOpens) => {
    await changeRules({ pcOpens })
    const words = `验收 ${pcOpens}`
    const lead = await admin.post<{ id: string }>('/api/crm/leads', { values: { name: words, owner: await idOf(member) } })
    expect(lead.status, JSON.stringify(lead.body)).toBe(201)
    await arrived('lisi', words)
    // The browser knows nobody yet: DingTalk's own page asks who it is, and the way goes on to the record.
    const login = async (page: Page) => {
      const tab = await until(() => page.context().pages()[1])
      await tab.waitForURL(url => url.pathname === '/oauth2/auth')
      await tab.getByText('李四', { exact: true }).first().click()
    }
    await tap('lisi-pc', words, `/leads/${lead.body.id}`, pcOpens === 'browser' ? login : undefined)
  })
})
