import type { EndedRun } from '../../../server/directory/sync/index.ts'
import { describe, expect, it } from 'vitest'
import { alertNotice, syncNotices } from '../../../server/messages/publish/other-events.ts'

const at = new Date(0)
const nothing = { departmentsCreated: 0, departmentsUpdated: 0, departmentsRemoved: 0, accountsCreated: 0, accountsUpdated: 0, accountsDisabled: 0, accountsReenabled: 0, conflicts: 0 }
const ended = (counts: Partial<typeof nothing>) => ({ id: 'r1', mode: 'full', status: 'succeeded', counts: { ...nothing, ...counts }, error: null }) as unknown as EndedRun

describe('what happens outside of the CRM', () => {
  it('is news when a synchronisation changed people or only departments, and none when it changed nothing', () => {
    expect(syncNotices(ended({ departmentsCreated: 2, departmentsRemoved: 1 }), at)[0]?.values).toEqual({ summary: { 'zh-CN': '部门变更 3 个', 'en-US': '3 changes to departments' } })
    expect(syncNotices(ended({ accountsCreated: 2, departmentsUpdated: 1 }), at)[0]?.values?.summary).toMatchObject({ 'zh-CN': '新增 2 人，部门变更 1 个' })
    expect(syncNotices(ended({}), at)).toEqual([])
  })

  it('names other apps where DingTalk says that the calls are used up and ours are not', () => {
    const alert = { kind: 'budget', key: 'b', percent: 100, used: 200, budget: 5000, at } as const
    const said = (outside: boolean) => JSON.stringify(alertNotice({ ...alert, outside }).values)
    expect(said(true)).toContain('其他应用')
    expect(said(true)).not.toContain('100')
    expect(said(false)).toContain('100%')
  })
})
