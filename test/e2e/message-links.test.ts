import type { Browser, Page } from 'playwright-core'
import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { startApp } from '../support/app.ts'
import { launchBrowser } from '../support/browser.ts'
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
    const { db } = app.database
    const [member] = await db.insert(tables.account).values({ name: '李四' }).returning()
    memberId = member!.id
    await db.insert(tables.binding).values({ userid: 'lisi', unionid: '', accountId: memberId, source: 'sync' })
    const [customer] = await db.insert(tables.customer).values({ name: '启远科技', source: 'visit', ownerId: memberId, createdById: memberId }).returning()
    customerId = customer!.id
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await app.close()
  })

  const device = (page: Page, label: string) => page.locator(`[data-host="${label}.localhost"]`)

  /** Tells of the customer in one of DingTalk's forms, and waits until DingTalk has it. */
  async function tell(format: string): Promise<void> {
    const { body } = await admin.get<ApiOutput<'GET /api/messages/rules'>>('/api/messages/rules')
    const kinds = { ...body.rules.kinds, 'opportunity.won': { ...body.rules.kinds['opportunity.won'], format } }
    expect((await admin.put('/api/messages/rules', { ...body.rules, kinds })).status).toBe(200)
    const at = new Date()
    await app.database.db.transaction(tx => app.messages.publish(tx, [{
      key: `won-${format}`,
      type: 'opportunity.won',
      at,
      actor: null,
      record: { kind: 'customers', id: customerId, name: `启远 ${format}` },
      parties: { owner: memberId },
      values: { amount: '¥ 1' },
    }]))
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
})
