import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unreadable } from './support/contrast.ts'
import { overflow, startH5 } from './support/h5.ts'
import { mockState } from './support/mock-crm.ts'
import { me, uuid } from './support/mock-data.ts'

let h5: Awaited<ReturnType<typeof startH5>>
beforeAll(async () => {
  h5 = await startH5()
})
afterAll(() => h5.close())

const draft = (n: number, more: object) => ({ key: `k${n}`, kind: 'customers', title: `长名字的客户${'有限公司'.repeat(n * 6)}`, said: null, about: null, fromPlanId: null, values: {}, refs: {}, edit: null, ignoreDuplicates: false, next: null, state: 'writing', problem: null, issues: [], changedAt: new Date().toISOString(), ...more })
const drafts = [
  draft(1, {}),
  draft(2, { state: 'waiting', needsConnection: true, said: '说了什么' }),
  draft(3, { state: 'refused', problem: '服务器没有接受这条记录，请修改后再发送' }),
]

const pages: [path: string, shown: RegExp][] = [
  ['/', /新增线索/],
  ['/customers', /共 45 条/],
  [`/customers/${uuid(100)}`, /编辑/],
  ['/customers/new', /保存/],
  [`/follow-ups/new?of=customers&ofId=${uuid(100)}`, /安排下一步计划/],
  [`/leads/${uuid(300)}/convert`, /确认转换/],
  ['/customers/import', /下载 Excel 模板/],
  ['/search?q=太湖', /太湖/],
  ['/messages', /张伟把客户/],
  ['/drafts', /连接并发送/],
]

describe.each([320, 1280])('in the dark, in a window of %i px', (width) => {
  it.each(pages)('%s fits and can be read', async (path, shown) => {
    const page = await h5.open('/mine', mockState(), { viewport: { width, height: 760 }, colorScheme: 'dark' })
    if (path === '/drafts')
      await page.evaluate(([key, value]) => localStorage.setItem(key!, value!), [`crm:account:${me.id}:outbox`, JSON.stringify(drafts)])
    // What waits is not sent while it is looked at, and offers a connection.
    const json = { error: { code: 'crm_login_required', message: '请先连接。' } }
    await page.route('**/api/crm/customers', route => route.request().method() === 'POST' ? route.fulfill({ status: 403, json }) : route.fallback())
    await page.goto(new URL(path, page.url()).href)
    if (path === '/')
      await page.locator('.numbers').scrollIntoViewIfNeeded()
    await page.getByText(shown).first().waitFor()
    if (path === '/drafts' && width === 320)
      expect(await unreadable(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
    expect(page.errors).toEqual([])
    await page.context().close()
  })
})
