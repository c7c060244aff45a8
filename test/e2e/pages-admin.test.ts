import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desktop, phone } from '../support/browser.ts'
import { overflow, startH5 } from './support/h5.ts'
import { mockState } from './support/mock-crm.ts'
import { checks, uuid } from './support/mock-data.ts'

let h5: Awaited<ReturnType<typeof startH5>>
beforeAll(async () => {
  h5 = await startH5()
})
afterAll(() => h5.close())

describe.each([
  ['a phone', phone],
  ['a wide screen', desktop],
])('the administration on %s', (_, device) => {
  it('synchronises with live progress and tells what changed', async () => {
    const state = { ...mockState(), held: true }
    const page = await h5.open('/admin/sync', state, device)
    await page.getByText('应用没有读取部门成员的权限').first().waitFor()
    await page.getByRole('button', { name: '立即同步' }).click()
    await page.getByText('读取授权范围').waitFor()
    expect(await page.getByRole('button', { name: '立即同步' }).isDisabled()).toBe(true)
    state.held = false
    await page.getByText('读取部门和成员').waitFor()
    await page.getByText('停用了 1 个已离职成员的账号').waitFor()
    await page.getByText('3 位成员不在授权范围内，已保留').waitFor()
    expect(await page.getByText('将新增').count()).toBe(0)
    expect(await page.getByRole('button', { name: '立即同步' }).isEnabled()).toBe(true)
    expect(await overflow(page)).toBe(0)
    expect(page.errors).toEqual([])
    await page.context().close()
  })
})

describe('the administration', () => {
  it('previews without claiming to have changed anything', async () => {
    const page = await h5.open('/admin/sync', mockState(), desktop)
    await page.getByRole('button', { name: '预览变更' }).click()
    await page.getByText('将停用 1 个已离职成员的账号').waitFor()
    await page.getByText('已算出变更').waitFor()
    await page.context().close()
  })

  it('stops a running sync', async () => {
    const page = await h5.open('/admin/sync', { ...mockState(), held: true }, phone)
    await page.getByRole('button', { name: '立即同步' }).click()
    await page.getByRole('button', { name: '停止' }).click()
    await page.getByText('已停止，没有做任何变更。').waitFor()
    await page.context().close()
  })

  it('follows a run that somebody else has started', async () => {
    const state = mockState()
    state.runs.unshift({ ...state.runs[0]!, id: uuid(7500), status: 'running', phase: 'crawl', error: null, startedAt: new Date().toISOString() })
    const page = await h5.open('/admin/sync', state, phone)
    await page.getByText('停用了 1 个已离职成员的账号').waitFor()
    await page.context().close()
  })

  it('tests unsaved credentials, asks before another company, and never sends an untouched secret', async () => {
    const state = mockState()
    const page = await h5.open('/admin/dingtalk', state, desktop)
    expect(await page.locator('[name=clientSecret]').inputValue()).toBe('')
    await page.locator('[name=corpId]').fill('ding-of-others')
    await page.getByText('使用上面填写的内容测试').waitFor()
    await page.getByRole('button', { name: '测试连接' }).click()
    await page.getByText('企业 ID 以 ding 开头，由字母和数字组成').waitFor()
    await page.locator('[name=corpId]').fill('dingother0001')
    await page.getByRole('button', { name: '测试连接' }).click()
    await page.getByText('2 项正常，1 项未通过，1 项无法在此确认').waitFor()
    await page.getByText('申请“通讯录部门成员读权限”后重试。').waitFor()
    expect(await page.getByRole('link', { name: /打开钉钉后台的申请页/ }).getAttribute('href')).toMatch(/^https:\/\/open-dev/)

    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
    expect(state.saved).toEqual([])
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '更换企业' }).click()
    await page.getByText('设置已保存').waitFor()
    expect(state.saved).toEqual([
      { corpId: 'dingother0001', clientId: state.settings.clientId, agentId: state.settings.agentId, subAdminsAreAdmins: false, bossIsAdmin: true, loginInDingTalk: true, loginInBrowser: true, notifications: true, confirmed: ['corp'] },
    ])
    await page.context().close()
  })

  it('shows where each value goes and what differs from the environment', async () => {
    const page = await h5.open('/admin/dingtalk', mockState(), phone)
    await page.getByText('$CORPID$', { exact: false }).first().waitFor()
    await page.getByText('这些配置与服务器的环境变量不一致').waitFor()
    await page.getByText('当前公开地址不是 HTTPS').waitFor()
    expect(await overflow(page)).toBe(0)
    await page.context().close()
  })

  it('confirms what was on screen only, and shows what is found instead', async () => {
    const page = await h5.open('/admin/doctor', mockState(), desktop)
    const row = page.locator('[data-check=browserLogin]')
    const shown = checks.find(({ id }) => id === 'browserLogin')!
    const sent: unknown[] = []
    await page.route('**/api/settings/dingtalk/doctor/browserLogin', (route) => {
      sent.push(route.request().postDataJSON())
      return route.fulfill({ json: { ...shown, about: 'something else', means: '现在是另一种情况。' } })
    })
    await row.getByRole('button', { name: '我已核对，确认无误' }).click()
    await page.getByText('情况已经变了，没有确认').waitFor()
    await row.getByText('现在是另一种情况。').waitFor()
    expect(await row.getByRole('button', { name: '我已核对，确认无误' }).count()).toBe(1)
    expect(sent).toEqual([{ confirmed: true, about: shown.about }])
    await page.context().close()
  })

  it('walks down the organisation on a phone and back up', async () => {
    const page = await h5.open('/admin/organization', mockState(), phone)
    await page.getByRole('link', { name: /江南云帆/ }).click()
    await page.getByRole('link', { name: /华东销售部/ }).click()
    await page.getByRole('heading', { name: '华东销售部' }).waitFor()
    await page.getByText('主管').first().waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: /江南云帆/ }).waitFor()
    await page.getByRole('searchbox').fill('成员9')
    await page.getByText('不在授权范围', { exact: true }).waitFor()
    await page.context().close()
  })

  it('opens the way to the chosen department in the tree', async () => {
    const page = await h5.open(`/admin/organization?department=${uuid(9002)}`, mockState(), desktop)
    await page.getByRole('link', { name: '杭州组 10' }).waitFor()
    await page.getByRole('button', { name: '收起 华东销售部' }).click()
    expect(await page.getByRole('link', { name: '杭州组 10' }).count()).toBe(0)
    await page.getByText('已停用').waitFor()
    await page.context().close()
  })

  it('is not there for members', async () => {
    const page = await h5.open('/admin/sync', mockState({ role: 'member' }), phone)
    await page.getByText('没有这个页面').waitFor()
    expect(page.asked.some(path => path.startsWith('/api/sync'))).toBe(false)
    await page.context().close()
  })
})

const pages: [path: string, shown: RegExp][] = [
  ['/', /All plans/],
  ['/customers', /45 in all/],
  [`/customers/${uuid(100)}`, /Edit/],
  ['/leads/new', /Save/],
  [`/follow-ups/new?of=customers&ofId=${uuid(100)}`, /Plan the next step/],
  ['/admin', /Organisation/],
  ['/admin/dingtalk', /Redirect URL/],
  ['/admin/guide', /Seven steps/],
  ['/admin/doctor', /1 failed/],
  ['/admin/sync', /Latest result/],
  ['/admin/organization', /Left the company/],
]

describe.each([320, 375, 1280, 1440])('in a window of %i px', (width) => {
  it.each(pages)('%s fits, and speaks the chosen language', async (path, shown) => {
    const page = await h5.open(path, mockState(), { viewport: { width, height: 760 }, locale: 'en-US' })
    await page.getByText(shown).first().waitFor()
    expect(await overflow(page)).toBe(0)
    // A key that has no text would show as a dotted path.
    expect(await page.getByText(/^(?:crm|records|admin|workbench|forms|dates|common)\.\w/).count()).toBe(0)
    expect(page.errors).toEqual([])
    await page.context().close()
  })
})
