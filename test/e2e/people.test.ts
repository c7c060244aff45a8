import type { Browser, Page } from 'playwright-core'
import type { TestApp } from '../support/app.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { startApp } from '../support/app.ts'
import { desktop, launchBrowser, openPage, phone } from '../support/browser.ts'
import { overflow } from './support/h5.ts'

describe('people in the admin area', () => {
  let app: TestApp
  let browser: Browser
  let admin: Page & { errors: Error[] }
  const device = (label: string, path?: string) => app.device(label, path)

  beforeAll(async () => {
    app = await startApp({ sandbox: { withContainer: true } })
    await app.sync(await app.loggedIn('zhangsan'))
    browser = await launchBrowser()
    admin = await openPage(browser, device('zhangsan-pc', '/admin/accounts'), desktop)
  })
  afterAll(async () => {
    await browser.close()
    await app.close()
  })

  const go = (path: string) => admin.goto(device('zhangsan-pc', path))

  it('let a stranger in who asked at the door, and find the trail of their login by its code', async () => {
    app.sandbox.platform.control.mutate({ op: 'addMember', member: { userid: 'newbie', name: '新来的人', deptIds: [1] } })
    const stranger = await openPage(browser, device('newbie-phone'), phone)
    await stranger.getByText('你还没有 CRM 账号').waitFor()
    const code = (await stranger.locator('code.login').textContent())!
    expect(await overflow(stranger)).toBeLessThanOrEqual(0)
    await stranger.getByPlaceholder('给管理员的话').fill('华东新同事')
    await stranger.getByRole('button', { name: '我是 新来的人，申请开通' }).click()
    await stranger.getByText('申请已发给管理员').waitFor()

    await go('/admin/accounts')
    await admin.getByRole('link', { name: '去处理' }).click()
    await admin.getByText('华东新同事').waitFor()
    await admin.getByRole('button', { name: '新建账号并开通' }).click()
    await admin.getByText('没有待处理的申请').waitFor()
    await stranger.getByRole('button', { name: '重试' }).click()
    await stranger.getByText(/，新来的人$/).waitFor()
    await stranger.context().close()

    const find = admin.getByPlaceholder('登录代码或姓名')
    await find.fill(code.toLowerCase())
    await find.press('Enter')
    await admin.getByText('向钉钉确认身份').waitFor()
    await admin.getByText('/topapi/v2/user/getuserinfo').waitFor()
    expect(admin.errors).toEqual([])
  })

  it('bind a member with a one-time code that the administrator reads out', async () => {
    await go('/admin/accounts?q=lisi')
    await admin.getByRole('link', { name: '李四' }).click()
    await admin.getByRole('button', { name: '解除绑定' }).click()
    await admin.getByRole('dialog').getByRole('button', { name: '解除绑定' }).click()
    await admin.getByRole('button', { name: '生成绑定码' }).click()
    const code = (await admin.locator('code', { hasText: /^[2-9A-Z]{4}-[2-9A-Z]{4}$/ }).textContent())!.trim()

    const lisi = await openPage(browser, device('lisi-phone'), phone)
    await lisi.getByLabel('管理员给了你绑定码？').fill(code)
    await lisi.getByRole('button', { name: '绑定并进入' }).click()
    await lisi.getByText(/，李四$/).waitFor()
    await lisi.context().close()
  })

  it('let somebody in as an account of another name', async () => {
    app.sandbox.platform.control.mutate({ op: 'addMember', member: { userid: 'xiaoming', name: '小明', deptIds: [1] } })
    const [known] = await app.database.db.insert(tables.account).values({ name: '明小红' }).returning()
    const stranger = await openPage(browser, device('xiaoming-phone'), phone)
    await stranger.getByRole('button', { name: '我是 小明，申请开通' }).click()
    await stranger.getByText('申请已发给管理员').waitFor()
    await go('/admin/accounts/requests')
    await admin.getByRole('button', { name: '选择其他账号' }).click()
    await admin.getByRole('dialog').getByText('明小红').click()
    await admin.getByText('让 小明 使用“明小红”这个账号？').waitFor()
    await admin.getByRole('dialog').getByRole('button', { name: /明小红/ }).click()
    await admin.getByText('没有待处理的申请').waitFor()
    await stranger.getByRole('button', { name: '重试' }).click()
    await stranger.getByText(/，明小红$/).waitFor()
    await stranger.context().close()
    expect(await app.database.db.select().from(tables.binding).where(eq(tables.binding.userid, 'xiaoming'))).toMatchObject([{ accountId: known!.id }])
  })

  it('see what somebody may, change their role, and find it in the audit log', async () => {
    await go('/admin/accounts?q=wangwu')
    await admin.getByRole('link', { name: '王五' }).click()
    await admin.getByRole('switch', { name: '销售主管' }).click()
    await admin.getByRole('button', { name: '保存角色' }).click()
    await admin.getByText('数据范围：本部门及下级').waitFor()
    await admin.getByRole('button', { name: '看一看' }).click()
    await admin.getByText(/个人的记录/).waitFor()
    await admin.getByRole('link', { name: '操作记录' }).click()
    await admin.getByRole('button', { name: /修改角色 王五/ }).click()
    await admin.locator('.values', { hasText: '销售主管' }).waitFor()
    // The address narrows the log to this person, says so, and lets go.
    await admin.getByRole('button', { name: '不再只看 王五' }).click()
    await admin.getByRole('button', { name: /解除绑定 李四/ }).waitFor()
    await admin.getByPlaceholder(/IP/).fill('修改角')
    await admin.getByRole('button', { name: /解除绑定 李四/ }).waitFor({ state: 'hidden' })
    await admin.getByRole('button', { name: /修改角色 王五/ }).waitFor()
    expect(admin.errors).toEqual([])
  })

  it('show the roles that a merge brought, and ask before an administrator is demoted', async () => {
    await app.database.db.insert(tables.account).values({ name: '王五备用号', role: 'admin' })
    await go('/admin/accounts?q=wangwu')
    await admin.getByRole('link', { name: '王五' }).click()
    const administrator = admin.getByRole('switch', { name: '管理员', exact: true })
    await admin.getByRole('button', { name: '看一看' }).click()
    await admin.getByText(/个人的记录/).waitFor()
    expect(await administrator.getAttribute('aria-checked')).toBe('false')
    await admin.getByRole('button', { name: '合并另一个账号' }).click()
    await admin.getByRole('dialog').getByRole('searchbox').fill('备用号')
    await admin.getByRole('dialog').getByText('王五备用号').click()
    await admin.getByRole('dialog').getByRole('button', { name: '合并', exact: true }).click()
    // Neither card was left with what it had shown before.
    await admin.getByText('所有人的记录').waitFor()
    await admin.getByRole('switch', { name: '管理员', exact: true, checked: true }).waitFor()
    await administrator.click()
    await admin.getByRole('button', { name: '保存角色' }).click()
    await admin.getByText('让 王五 不再是管理员？').waitFor()
    await admin.getByRole('dialog').getByRole('button', { name: '取消管理员' }).click()
    await admin.getByText(/个人的记录/).waitFor()
    expect(admin.errors).toEqual([])
  })

  it('have their records divided over several, by number and by hand, as the list of names shows', async () => {
    const lisi = await app.loggedIn('lisi')
    for (const name of ['甲公司', '乙公司', '丙公司', '丁公司', '戊公司'])
      expect((await lisi.post('/api/crm/customers', { values: { name } })).status).toBe(201)
    await go('/admin/accounts?q=lisi')
    await admin.getByRole('link', { name: '李四' }).click()
    await admin.getByRole('link', { name: '移交给同事' }).click()
    // Whoever leads is proposed, and one of those who share.
    await admin.getByText('分配结果').waitFor()
    const receivers = admin.locator('.pick li')
    const [leader] = await receivers.allTextContents()
    await admin.getByRole('button', { name: /添加.*移交给/ }).or(admin.locator('.pick > button')).click()
    await admin.getByRole('dialog').getByRole('searchbox').fill('王五')
    await admin.getByRole('dialog').getByText('王五').first().click()
    await admin.getByText('平均分配；改数字即可按数量分').waitFor()
    await admin.locator('.sums', { hasText: `${leader!.trim()}：客户 3` }).waitFor()
    await admin.getByRole('spinbutton', { name: '王五' }).fill('1')
    await admin.getByRole('spinbutton', { name: '王五' }).press('Tab')
    await admin.locator('.sums', { hasText: '王五：客户 1' }).waitFor()

    await admin.getByPlaceholder('按名称查找').fill('甲公司')
    const one = admin.getByRole('checkbox', { name: /甲公司/ })
    await admin.getByRole('checkbox', { name: /公司/ }).nth(1).waitFor({ state: 'detached' })
    await one.check()
    await admin.getByRole('combobox', { name: '指定给…' }).selectOption({ label: '留在 李四 名下' })
    await admin.locator('label', { hasText: '甲公司' }).getByText('留在 李四 名下').waitFor()
    await admin.locator('.sums', { hasText: '留在 李四 名下：客户 1' }).waitFor()
    expect(await overflow(admin)).toBeLessThanOrEqual(0)
    await admin.getByRole('button', { name: '移交给 2 位同事' }).click()
    await admin.getByText('已移交给 王五：客户 1').waitFor()
    await admin.locator('li', { hasText: '客户 1 移交给 王五' }).getByRole('button', { name: '撤回' }).click()
    await admin.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
    await admin.getByText('已还给 李四：客户 1').waitFor()
    expect(admin.errors).toEqual([])
  })

  it('enter a day of their own in the working calendar', async () => {
    await go('/admin/calendar?year=2026')
    await admin.getByRole('gridcell', { name: /^2026-12-31/ }).click()
    await admin.getByRole('radio', { name: '休息' }).check()
    await admin.getByPlaceholder('公司年会').fill('年会')
    await admin.getByRole('button', { name: '保存' }).click()
    await admin.getByRole('gridcell', { name: /^2026-12-31 休息 · 年会/ }).waitFor()
    // A holiday of several days at once.
    await go('/admin/calendar?year=2031')
    await admin.getByRole('gridcell', { name: /^2031-01-22/ }).click()
    await admin.getByLabel('到哪一天').fill('2031-01-29')
    await admin.getByText('共 8 天').waitFor()
    await admin.getByRole('radio', { name: '休息' }).check()
    await admin.getByPlaceholder('公司年会').fill('春节')
    await admin.getByRole('button', { name: '保存' }).click()
    await admin.getByRole('gridcell', { name: /^2031-01-29 休息 · 春节/ }).waitFor()
    expect(await admin.getByRole('gridcell', { name: /休息 · 春节/ }).count()).toBe(8)
    await go('/admin/calendar?year=2031')
    await admin.getByText('还没有内置 2031 年的放假安排').waitFor()
  })

  it('fit on a small phone', async () => {
    const page = await openPage(browser, device('zhangsan-phone', '/admin'), { ...phone, viewport: { width: 320, height: 640 } })
    for (const entry of ['账号与绑定', '角色与数据范围', '工作日历', '登录日志', '操作日志']) {
      await page.getByRole('link', { name: entry }).click()
      await page.waitForURL(url => url.pathname.split('/').length === 3)
      await page.locator('.card').first().waitFor()
      expect(await overflow(page), entry).toBeLessThanOrEqual(0)
      await page.goBack()
    }
    expect(page.errors).toEqual([])
    await page.context().close()
  })
})
