import type { Browser, Page } from 'playwright-core'
import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { randomUUID } from 'node:crypto'
import { like } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { startApp } from '../support/app.ts'
import { launchBrowser, openPage } from '../support/browser.ts'
import { until } from '../support/until.ts'

describe('tapping a work notification', () => {
  let app: TestApp
  let admin: Client
  let browser: Browser
  let memberId: string
  let customerId: string

  beforeAll(async () => {
    app = await startApp({ sandbox: { withContainer: true } })
    admin = await app.loggedIn('zhangsan')
    memberId = await bind('lisi', '李四')
    const [customer] = await app.database.db.insert(tables.customer).values({ name: '启远科技', source: 'visit', ownerId: memberId, createdById: memberId }).returning()
    customerId = customer!.id
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await app.close()
  })

  async function bind(userid: string, name: string): Promise<string> {
    const [account] = await app.database.db.insert(tables.account).values({ name }).returning()
    await app.database.db.insert(tables.binding).values({ userid, unionid: '', accountId: account!.id, source: 'sync' })
    return account!.id
  }

  type Rules = ApiOutput<'GET /api/messages/rules'>['rules']
  const rules = async () => (await admin.get<{ rules: Rules }>('/api/messages/rules')).body.rules
  async function setRule(kind: 'opportunity.won' | 'opportunity.lost', change: { dingtalk?: boolean, format?: string }): Promise<void> {
    const before = await rules()
    const kinds = { ...before.kinds, [kind]: { ...before.kinds[kind], ...change } }
    expect((await admin.put('/api/messages/rules', { ...before, kinds })).status).toBe(200)
  }
  const publish = (key: string, type: 'opportunity.won' | 'opportunity.lost', owner: string, values = {}) =>
    app.database.db.transaction(tx => app.messages.publish(tx, [{
      key,
      type,
      at: new Date(),
      actor: null,
      record: { kind: 'customers', id: customerId, name: `启远 ${key}` },
      parties: { owner },
      values,
    }]))
  const device = (page: Page, label: string) => page.locator(`[data-host="${label}.localhost"]`)

  /** Tells of the customer in one of DingTalk's forms, and waits until DingTalk has it. */
  async function tell(format: string): Promise<void> {
    await setRule('opportunity.won', { format })
    await publish(format, 'opportunity.won', memberId, { amount: '¥ 1' })
    await until(async () => JSON.stringify(app.sandbox.platform.messagesOf('lisi')).includes(`启远 ${format}`) || undefined)
  }

  it.each(['oa', 'action_card', 'action_card_multi', 'link', 'markdown', 'text'])('as %s opens the record on the phone and on PC', async (format) => {
    await tell(format)
    const labels = ['lisi-phone', 'lisi-pc']
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${app.sandbox.containerUrl}/#${labels.join(',')}`)
    for (const label of labels) {
      const inside = device(page, label).locator('iframe').last().contentFrame()
      await inside.locator('main').waitFor()
      if (label === 'lisi-phone')
        await device(page, label).getByRole('button', { name: '关闭页面' }).click()
      await device(page, label).getByRole('button', { name: '消息' }).first().click()
      const message = device(page, label).locator('.message', { hasText: `启远 ${format}` }).first()
      const action = message.locator('.action').first()
      await ((await action.count()) > 0 ? action : message).click()
      await inside.getByText('启远科技').first().waitFor()
      expect(page.frames().map(frame => new URL(frame.url()).pathname)).toContain(`/customers/${customerId}`)
    }
    await page.context().close()
  })

  describe('and what administrators and people set of them', () => {
    const open = (device: string, path: string, viewport: { width: number, height: number }) =>
      openPage(browser, app.device(device, path), { viewport })

    it('lets an administrator switch one event in the matrix', async () => {
      await setRule('opportunity.lost', { dingtalk: false })
      const page = await open('zhangsan-pc', '/admin/rules', { width: 1440, height: 900 })
      await page.getByRole('switch', { name: '输单: 钉钉' }).click()
      await page.getByRole('button', { name: '保存规则' }).click()
      await page.getByText('消息规则已保存').waitFor()
      expect((await rules()).kinds['opportunity.lost'].dingtalk).toBe(true)
      await page.reload()
      expect(await page.getByRole('switch', { name: '输单: 钉钉' }).getAttribute('aria-checked')).toBe('true')
      expect(page.errors).toEqual([])
      await page.context().close()
    })

    it('lets an administrator announce something, knowing whom it reaches and what it costs, and see what became of it for each person', async () => {
      const page = await open('zhangsan-phone', '/messages', { width: 375, height: 812 })
      await page.getByRole('link', { name: '写公告' }).click()
      await page.getByLabel('标题').fill('周会改期')
      await page.getByLabel('正文').fill('周会改到周二 9:00')
      for (const name of ['李四', '张三']) {
        await page.getByRole('button', { name: /^添加/ }).click()
        await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
      }
      await page.getByRole('button', { name: '查看收件人与成本' }).click()
      await page.getByText('2 人会看到，其中 2 人能收到钉钉通知').waitFor()
      await page.getByText('1 次发送，约 1 次查询结果').waitFor()
      await page.getByText('公告：周会改期').waitFor()
      await page.getByRole('button', { name: '发送公告' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '发送公告' }).click()
      await page.waitForURL(/\/announcements\/[\w-]+\/results/)
      for (const name of ['李四', '张三']) await page.locator('.row', { hasText: name }).getByText(/未核对|已交钉钉|未读|已读/).waitFor()
      await until(() => JSON.stringify(app.sandbox.platform.messagesOf('lisi')).includes('周会改期') || undefined)
      await page.getByRole('link', { name: '发送记录' }).click()
      await page.getByRole('heading', { name: '消息内容' }).waitFor()
      await page.locator('.row', { hasText: '李四' }).waitFor()
      expect(page.errors).toEqual([])
      await page.context().close()
    })

    it('lets an administrator find a sending by kind, recipient and day', async () => {
      await tell('oa')
      expect((await admin.post('/api/messages/announcements', { key: randomUUID(), title: '食堂通知', text: '明天停水', audience: { kind: 'people', ids: [memberId] }, way: 'people', urgent: false })).status).toBe(201)
      const page = await open('zhangsan-phone', '/admin/delivery', { width: 375, height: 812 })
      const rows = page.locator('a.row')
      await rows.filter({ hasText: '食堂通知' }).waitFor()
      await page.getByRole('combobox', { name: '消息类型' }).selectOption({ label: '赢单' })
      await rows.filter({ hasText: '食堂通知' }).waitFor({ state: 'detached' })
      await rows.filter({ hasText: '启远 oa' }).waitFor()
      await page.getByRole('button', { name: /^接收人/ }).click()
      await page.getByRole('dialog').getByRole('button', { name: '张三', exact: true }).click()
      await page.getByText('没有符合条件的记录').waitFor()
      await page.getByRole('button', { name: '清除筛选' }).click()
      await rows.filter({ hasText: '食堂通知' }).waitFor()
      await page.getByLabel('到', { exact: true }).fill('2020-01-01')
      await page.getByText('没有符合条件的记录').waitFor()
      expect(page.errors).toEqual([])
      await page.context().close()
    })

    it('lets somebody set quiet hours and switch a kind off in DingTalk, and keeps to it', async () => {
      const quietId = await bind('wangwu', '王五')
      await setRule('opportunity.lost', { dingtalk: true })
      const page = await open('wangwu-phone', '/mine/messages', { width: 375, height: 812 })
      const shanghai = (minutes: number) => new Date(Date.now() + (minutes + 8 * 60) * 60_000).toISOString().slice(11, 16)
      const end = shanghai(60)
      await page.getByRole('switch', { name: '免打扰' }).click()
      await page.getByLabel('从', { exact: true }).fill(shanghai(-60))
      await page.getByLabel('到', { exact: true }).fill(end)
      await page.getByRole('switch', { name: '赢单: 钉钉' }).click()
      await page.getByRole('button', { name: '保存设置' }).click()
      await page.getByText('消息设置已保存').waitFor()
      await page.reload()
      expect(await page.getByLabel('到', { exact: true }).inputValue()).toBe(end)
      expect(await page.getByRole('switch', { name: '赢单: 钉钉' }).getAttribute('aria-checked')).toBe('false')
      await publish('off', 'opportunity.won', quietId)
      await publish('quiet', 'opportunity.lost', quietId)
      const outbox = (key: string) => app.database.db.select().from(tables.notification).where(like(tables.notification.key, `${key}:%`))
      const [held] = await until(async () => (await outbox('quiet')).length > 0 ? outbox('quiet') : undefined)
      expect(held).toMatchObject({ state: 'queued' })
      expect(new Date(held!.dueAt.getTime() + 8 * 3600_000).toISOString().slice(11, 16)).toBe(end)
      expect(await outbox('off')).toEqual([])
      await page.goto(new URL('/messages', page.url()).href)
      await page.getByText('启远 off').first().waitFor()
      expect(page.errors).toEqual([])
      await page.context().close()
    })
  })
})
