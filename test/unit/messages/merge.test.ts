import { describe, expect, it } from 'vitest'
import { createMerge } from '../../../server/messages/publish/merge.ts'

const merge = createMerge(() => ({ base: 'https://crm.example.com', corpId: 'ding', agentId: '1', pcOpens: 'workbench' }))
const at = new Date('2026-06-15T04:00:00Z')
const told = (kind: string, title: string, data: Record<string, string>) => ({ kind, title, data, at })
const words = (kind: string, messages: ReturnType<typeof told>[]) => JSON.stringify(merge(kind, messages, 'zh-CN', at))

describe('a message that stands for several', () => {
  it('names what each is about, and leads to where they are', () => {
    const leads = words('record.assigned', ['甲公司', '乙公司'].map(record => told('record.assigned', '张三 把线索分配给你', { record })))
    for (const part of ['甲公司', '乙公司', '/n/xmessages']) expect(leads).toContain(part)
    expect(words('plan.due', ['09:00', '10:00'].map(due => told('plan.due', '跟进计划即将到期', { due, content: '拜访' })))).toContain('/n/xplans')
  })

  it('of several kinds says what happened, too', () => {
    const digest = words('digest', [told('record.assigned', '张三 把线索分配给你', { record: '甲公司' }), told('opportunity.won', '赢单：乙公司', { record: '乙公司' })])
    expect(digest).toContain('张三 把线索分配给你 · 甲公司')
    expect(digest.match(/乙公司/g)).toHaveLength(1)
  })
})
