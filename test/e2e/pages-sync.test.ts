import type { MockSyncState } from './support/mock-sync.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desktop, phone } from '../support/browser.ts'
import { overflow, startH5 } from './support/h5.ts'
import { mockState } from './support/mock-crm.ts'
import { syncRun, uuid } from './support/mock-data.ts'
import { noCounts } from './support/mock-sync-data.ts'
import { guardStop, plannedRun } from './support/mock-sync.ts'

let h5: Awaited<ReturnType<typeof startH5>>
beforeAll(async () => {
  h5 = await startH5()
})
afterAll(() => h5.close())

const id = uuid(7300)
const runPath = `/admin/sync/runs/${id}`
const toldIds = (state: MockSyncState) => state.told.at(-1)?.body.changeIds

describe.each([
  ['a phone', phone],
  ['a wide screen', desktop],
])('the organisation sync on %s', (_, device) => {
  it('previews, lets a selection be approved, and writes only that', async () => {
    const state = mockState()
    const page = await h5.open('/admin/sync', state, device)
    await page.getByRole('button', { name: '预览变更' }).click()
    await page.getByRole('link', { name: '查看并批准' }).click()
    await page.getByRole('button', { name: '停用账号 2' }).click()
    await page.getByText('名下记录：客户 12').waitFor()
    expect(await page.getByText('新成员0', { exact: true }).count()).toBe(0)
    await page.getByRole('button', { name: '选择', exact: true }).click()
    expect(await page.getByRole('button', { name: '批准所选 0 项' }).isDisabled()).toBe(true)
    await page.getByRole('checkbox', { name: '选择 孙离职' }).check()
    // The choice stays while another kind, or what a keyword finds, is looked at.
    await page.getByRole('button', { name: '新增账号 60' }).click()
    await page.getByRole('searchbox', { name: '搜索姓名或部门' }).fill('新成员5')
    await page.getByText('新成员59', { exact: true }).waitFor()
    await page.getByRole('button', { name: '选中搜索结果' }).click()
    await page.getByText('已选 12 项').waitFor()
    await page.getByRole('button', { name: '批准所选 12 项' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('新增账号 11').waitFor()
    await dialog.getByText('停用账号 1').waitFor()
    await dialog.getByRole('button', { name: '批准并写入' }).click()
    await page.getByText('成功', { exact: true }).waitFor()
    expect(toldIds(state)).toEqual([uuid(8001), uuid(8105), ...Array.from({ length: 10 }, (__, n) => uuid(8150 + n))])
    expect(await overflow(page)).toBe(0)
    expect(page.errors).toEqual([])
    await page.context().close()
  })

  it('shows and selects thousands of changes without as many rows in the page', async () => {
    const state = mockState()
    plannedRun(state, id)
    const [example] = state.changes.get(id)!.filter(({ kind }) => kind === 'account.create')
    state.changes.set(id, Array.from({ length: 3000 }, (__, n) => ({ ...example!, id: uuid(100_000 + n), target: { ...example!.target, id: uuid(200_000 + n), name: `新成员${n}` } })))
    const page = await h5.open(runPath, state, device)
    await page.getByText('新成员0', { exact: true }).waitFor()
    for (let loaded = 0; loaded < 300; loaded += 30) {
      const height = await page.evaluate(() => {
        window.scrollTo(0, document.documentElement.scrollHeight)
        return document.documentElement.scrollHeight
      })
      await page.waitForFunction(known => document.documentElement.scrollHeight > known, height)
    }
    expect(await page.locator('[role=listitem]').count()).toBeLessThan(200)
    await page.getByRole('button', { name: '选择', exact: true }).click()
    await page.getByRole('button', { name: '选中这一类' }).click()
    await page.getByRole('button', { name: '批准所选 3000 项' }).waitFor()
    await page.context().close()
  })

  it('explains a stop of the guard with its numbers and approves the whole plan', async () => {
    const state = mockState()
    plannedRun(state, id, guardStop)
    const page = await h5.open('/admin/sync', state, device)
    await page.getByText('会停用 120 个账号（共 1180 个，10.2%），移除 4 个部门（共 62 个）').waitFor()
    await page.getByRole('link', { name: '查看并批准' }).click()
    await page.getByRole('button', { name: '全部批准' }).click()
    await page.getByRole('dialog').getByText('将停用 2 个已离职成员的账号').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(state.told).toEqual([])
    await page.getByRole('button', { name: '全部批准' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '批准并写入' }).click()
    await page.getByText('停用了 2 个已离职成员的账号').waitFor()
    expect(state.told).toEqual([{ path: `apply ${id}`, body: {} }])
    expect(await page.getByRole('button', { name: '全部批准' }).count()).toBe(0)
    await page.context().close()
  })

  it('lets a difference in numbers alone be accepted, also when it is no longer among the latest', async () => {
    const state = mockState()
    plannedRun(state, id, { ...guardStop, counts: noCounts, stop: { kind: 'count', announced: 160, seen: 157 } })
    const latest = syncRun(uuid(7301), 'apply', 3)
    state.runs.unshift({ ...latest, startedAt: new Date().toISOString() })
    const page = await h5.open('/admin/sync', state, device)
    await page.getByText('等待你决定').waitFor()
    await page.locator(`a[href$="${runPath}"]`).click()
    await page.getByRole('button', { name: '接受人数差异' }).click()
    await page.getByRole('dialog').getByText('以后恰好相差 3 人时不再停下').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '接受', exact: true }).click()
    await page.getByText('成功', { exact: true }).waitFor()
    expect(state.told).toEqual([{ path: `apply ${id}`, body: {} }])
    await page.context().close()
  })

  it('says what small runs add up to, and takes the rest of a run back after a part', async () => {
    const state = mockState()
    plannedRun(state, id, { ...guardStop, stop: { kind: 'guard', disabled: 4, accounts: 100, departmentsRemoved: 0, departments: 62, recent: { disabled: 8, departmentsRemoved: 0 }, count: null } })
    const other = uuid(7302)
    plannedRun(state, other, { mode: 'apply', status: 'succeeded', undoable: true, undoneBy: uuid(7303) })
    const page = await h5.open(runPath, state, device)
    await page.getByText('自动任务在过去一天里已停用 8 个账号').waitFor()
    await page.goto(page.url().replace(id, other))
    await page.getByRole('button', { name: '撤销其余变更' }).click()
    await page.getByRole('dialog').getByText('尚未撤销的全部变更').waitFor()
    await page.context().close()
  })

  it('undoes a run and lists what was left because somebody had changed it', async () => {
    const state = mockState()
    plannedRun(state, id, { mode: 'apply', status: 'succeeded', undoable: true })
    state.changes.set(
      id,
      state.changes.get(id)!.map(change => ({ ...change, status: 'applied' as const })),
    )
    const page = await h5.open(runPath, state, device)
    await page.getByRole('button', { name: '撤销这次同步' }).click()
    await page.getByRole('dialog').getByText('停用了 2 个已离职成员的账号').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '撤销', exact: true }).click()
    await page.getByText('1 项没有处理').waitFor()
    await page.getByText('之后被陈思远手动修改过').first().waitFor()
    await page.getByText('重新启用了 1 个账号').waitFor()
    await page.getByRole('link', { name: '查看那个任务' }).click()
    await page.getByText('已被撤销').waitFor()
    expect(await page.getByRole('button', { name: '撤销这次同步' }).count()).toBe(0)
    await page.context().close()
  })

  it('shows both sides of a conflict and remembers the decision', async () => {
    const state = mockState()
    const page = await h5.open('/admin/sync', state, device)
    await page.getByText('2 位成员需要决定').click()
    const mobile = page.getByRole('row', { name: /手机/ }).first()
    await mobile.getByText('相同').waitFor()
    await page.getByRole('row', { name: /部门/ }).first().getByText('不同').waitFor()
    await page.getByRole('button', { name: '绑定到这个账号: 陈思远' }).click()
    await page.getByRole('dialog').getByText('这是管理员账号').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '绑定到这个账号: 张伟（外勤）' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '绑定到这个账号' }).click()
    await page.getByText('无法唯一对应').waitFor({ state: 'hidden' })
    expect(state.told).toEqual([{ path: 'resolve', body: { action: 'bind', accountId: uuid(6) } }])
    await page.getByRole('radio', { name: '已处理' }).check()
    await page.getByText('绑定到 张伟（外勤）', { exact: true }).waitFor()
    expect(await overflow(page)).toBe(0)
    await page.getByRole('button', { name: '撤回决定' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '撤回决定' }).click()
    await page.getByText('还没有处理过冲突').waitFor()
    await page.getByRole('radio', { name: '待处理' }).check()
    await page.getByText('无法唯一对应').waitFor()
    await page.context().close()
  })

  it('saves the settings, and asks before unsaved ones are left', async () => {
    const state = mockState()
    const page = await h5.open('/admin/sync/settings', state, device)
    const save = page.getByRole('button', { name: '保存设置' })
    await page.getByText('每天 02:10').waitFor()
    expect(await save.isDisabled()).toBe(true)
    await page.getByRole('radio', { name: '自定义' }).check()
    await page.locator('[name=cron]').fill('10 2')
    await page.getByText('需要用空格分开的五段').waitFor()
    expect(await save.isDisabled()).toBe(true)
    await page.locator('[name=cron]').fill('20 3 * * 1-5')
    await page.getByRole('radiogroup', { name: '手机由谁决定' }).getByRole('radio', { name: 'CRM' }).check()
    await page.getByRole('button', { name: '下移手机' }).click()
    await page.getByRole('button', { name: /选择部门: 只同步/ }).click()
    await page.getByRole('dialog').getByRole('searchbox').fill('杭州')
    await page.getByRole('dialog').getByRole('checkbox', { name: '杭州组' }).check()
    await page.getByRole('dialog').getByRole('button', { name: '选好了（1）' }).click()
    await page.locator('[name=disableCount]').fill('8')
    // Forgetting the accepted number is done at once, and what is typed beside it stays.
    await page.getByText('已接受的人数差异：2 人').waitFor()
    await page.getByRole('button', { name: '不再接受' }).click()
    await page.getByText('已接受的人数差异').waitFor({ state: 'detached' })
    await save.click()
    await page.getByText('同步设置已保存').waitFor()
    const before = mockState().sync.settings
    expect(state.told).toEqual([
      {
        path: 'settings',
        body: {
          ...before,
          schedule: { cron: '20 3 * * 1-5', timeZone: 'Asia/Shanghai' },
          fields: { ...before.fields, mobile: 'crm' },
          matchBy: ['jobNumber', 'mobile'],
          includeDepartments: [202],
          guard: { ...before.guard, disableCount: 8 },
        },
      },
    ])
    expect(await overflow(page)).toBe(0)
    await page.getByRole('switch', { name: '组织同步' }).click()
    await page.getByRole('button', { name: '返回' }).click()
    await page.getByRole('dialog').getByText('放弃未保存的修改').waitFor()
    expect(new URL(page.url()).pathname).toBe('/admin/sync/settings')
    expect(page.errors).toEqual([])
    await page.context().close()
  })

  it('shows departments and members done of known, the time left, and stops at once', async () => {
    const state = { ...mockState(), held: true }
    state.runs.unshift({
      ...syncRun(id, 'apply', 1),
      progress: {
        departmentsKnown: 300,
        departmentsDone: 120,
        membersSeen: 4100,
        membersKnown: 10_000,
        questionsKnown: 0,
        questionsDone: 0,
        calls: 410,
        retries: 2,
        rate: 19.6,
        secondsLeft: 25,
        pausedSeconds: 40,
      },
    })
    const page = await h5.open('/admin/sync', state, device)
    for (const words of ['部门 120 / 300', '成员 4100 / 10000', '调用 410 次，每秒 19.6 次', '重试 2 次', '约剩 25 秒', '约 40 秒后自动继续'])
      await page.getByText(words).waitFor()
    expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('28')
    await page.getByRole('button', { name: '停止' }).click()
    await page.getByText('已停止，没有做任何变更。').waitFor()
    expect(await page.getByRole('progressbar').count()).toBe(0)
    await page.context().close()
  })
})

describe('the organisation sync', () => {
  it('says that a plan is outdated and leads to a new one', async () => {
    const state = mockState()
    plannedRun(state, id, { status: 'outdated' })
    const page = await h5.open(runPath, state, phone)
    await page.getByText('这份变更已过期').waitFor()
    expect(await page.getByRole('button', { name: /批准/ }).count()).toBe(0)
    await page.getByRole('button', { name: '重新预览' }).click()
    await page.waitForURL(url => url.pathname !== runPath)
    await page.getByRole('button', { name: '全部批准' }).waitFor()
    await page.context().close()
  })

  it('learns on approving that the plan has become outdated', async () => {
    const state = mockState()
    plannedRun(state, id)
    const page = await h5.open(runPath, state, phone)
    const approve = page.getByRole('button', { name: '全部批准' })
    await approve.waitFor()
    state.runs[0] = { ...state.runs[0]!, status: 'outdated' }
    await approve.click()
    await page.getByRole('dialog').getByRole('button', { name: '批准并写入' }).click()
    await page.getByText('操作没有完成').waitFor()
    await page.getByRole('button', { name: '重新预览' }).waitFor()
    await page.context().close()
  })

  it('explains the switch and keeps both buttons back while it is off', async () => {
    const state = mockState()
    state.sync.settings.enabled = false
    const page = await h5.open('/admin/sync', state, phone)
    await page.getByText('组织同步已关闭').waitFor()
    expect(await page.getByRole('button', { name: '预览变更' }).isDisabled()).toBe(true)
    expect(await page.getByRole('button', { name: '立即同步' }).isDisabled()).toBe(true)
    await page.getByRole('link', { name: '去设置里开启' }).click()
    await page.getByRole('switch', { name: '组织同步' }).click()
    await page.getByRole('button', { name: '保存设置' }).click()
    await page.getByText('同步设置已保存').waitFor()
    expect(state.told.at(-1)?.body.enabled).toBe(true)
    await page.context().close()
  })

  it('generates keys for the push, shows them once, and never again', async () => {
    const state = mockState()
    const page = await h5.open('/admin/sync/settings', state, desktop)
    await page.getByRole('radio', { name: 'HTTP 推送' }).check()
    await page.getByText('https://crm.example.com/dingtalk/events').waitFor()
    await page.getByRole('button', { name: '生成' }).click()
    await page.getByText('只显示这一次').waitFor()
    expect(await page.locator('[name=aesKey]').inputValue()).toBe('k'.repeat(43))
    await page.getByRole('button', { name: '保存事件设置' }).click()
    await page.getByText('等待钉钉第一次推送').waitFor()
    expect(state.told).toEqual([{ path: 'events', body: { channel: 'http', aesKey: 'k'.repeat(43), token: 'token123token123' } }])
    expect(await page.locator('[name=aesKey]').inputValue()).toBe('')
    await page.locator('[name=token]').fill('x')
    await page.getByText('token 是 3 到 32 位字母和数字').waitFor()
    expect(await page.getByRole('button', { name: '保存事件设置' }).isDisabled()).toBe(true)
    await page.context().close()
  })

  it('offers all changes as files, and the tree beside it reads again after a run', async () => {
    const state = mockState()
    const page = await h5.open('/admin/sync', state, { viewport: { width: 1440, height: 900 } })
    await page.getByRole('link', { name: '华东销售部 30' }).waitFor()
    const reads = () => page.asked.filter(path => path === '/api/directory/departments').length
    const before = reads()
    await page.getByRole('button', { name: '立即同步' }).click()
    await page.getByText('新增了 5 个 CRM 账号').waitFor()
    await expect.poll(reads).toBe(before + 1)
    await page.getByRole('link', { name: '查看变更' }).click()
    expect(await page.getByRole('link', { name: '导出 CSV' }).getAttribute('href')).toMatch(/^\/api\/sync\/runs\/[\w-]+\/export\?format=csv$/)
    await page.context().close()
  })

  it('pages through earlier runs and opens one', async () => {
    const state = mockState()
    for (let n = 0; n < 45; n++) {
      state.runs.push({
        ...syncRun(uuid(9500 + n), 'apply', 9),
        startedBy: `管理员${n}`,
        trigger: 'schedule',
        startedAt: new Date(Date.now() - (n + 40) * 3_600_000).toISOString(),
      })
    }
    const page = await h5.open('/admin/sync', state, phone)
    await page.getByRole('link', { name: '全部任务' }).click()
    await page.getByText('管理员12 发起').waitFor()
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    await page.getByText('管理员30 发起').waitFor()
    await page.getByText('管理员30 发起').click()
    await page.getByText('定时 · 管理员30 发起').waitFor()
    await page.context().close()
  })
})

describe.each([320, 375, 1280, 1440])('in a window of %i px, dark', (width) => {
  it.each([
    ['/admin/sync', /Open conflicts/],
    ['/admin/sync/runs', /Waits for approval/],
    [runPath, /Approve all/],
    ['/admin/sync/conflicts', /Bind to this account/],
    ['/admin/sync/settings', /Safety limits/],
  ])('%s fits, and speaks the chosen language', async (path, shown) => {
    const state = mockState()
    plannedRun(state, id, guardStop)
    const page = await h5.open(path, state, { viewport: { width, height: 760 }, locale: 'en-US', colorScheme: 'dark' })
    await page.getByText(shown).first().waitFor()
    expect(await overflow(page)).toBe(0)
    // A key that has no text would show as a dotted path.
    expect(await page.getByText(/^(?:admin|common|forms)\.\w/).count()).toBe(0)
    expect(page.errors).toEqual([])
    await page.context().close()
  })
})
