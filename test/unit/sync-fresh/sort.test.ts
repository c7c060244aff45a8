import type { InboxEvent } from '../../../server/directory/sync/fresh/inbox/sort.ts'
import { describe, expect, it } from 'vitest'
import { sortEvents } from '../../../server/directory/sync/fresh/inbox/sort.ts'
import fc from '../../support/properties.ts'

const corpId = 'dingours'
let count = 0
const event = (type: string, more: Partial<InboxEvent> = {}): InboxEvent => ({ id: `e${count++}`, type, corpId, userids: [], deptIds: [], ...more })

describe('sorting events', () => {
  it('merges people and departments, each once', () => {
    const { targets, targeted } = sortEvents(
      [
        event('user_add_org', { userids: ['a', 'b'] }),
        event('user_leave_org', { userids: ['b'] }),
        event('org_dept_modify', { deptIds: [3, 4] }),
        event('org_dept_remove', { deptIds: [4] }),
      ],
      corpId,
    )
    expect(targets).toEqual({ userids: ['a', 'b'], deptIds: [3, 4] })
    expect(targeted).toHaveLength(4)
  })

  it('asks for a complete run when the scope or the company changed', () => {
    const { complete, targeted } = sortEvents([event('inner_app_scopes_change', { userids: ['a'], deptIds: [1] }), event('org_change')], corpId)
    expect(complete).toHaveLength(2)
    expect(targeted).toEqual([])
  })

  it('never empties the CRM because the company is said to be dissolved', () => {
    expect(sortEvents([event('org_remove')], corpId)).toMatchObject({ complete: [], targeted: [], ignored: [{ reason: 'not_followed' }] })
  })

  it.each([
    ['user_add_org', { corpId: 'dingother', userids: ['a'] }, 'other_company'],
    ['bpms_task_change', {}, 'unknown_type'],
    ['org_admin_add', { userids: ['a'] }, 'not_followed'],
    ['label_user_change', { userids: ['a'] }, 'not_followed'],
  ])('ignores %s %o as %s', (type, more, reason) => {
    expect(sortEvents([event(type, more)], corpId).ignored.map(each => each.reason)).toEqual([reason])
  })

  it('puts every event in exactly one place, whatever the order', () => {
    const any = fc.record({
      id: fc.uuid(),
      type: fc.constantFrom('user_add_org', 'user_leave_org', 'org_dept_create', 'org_change', 'org_remove', 'toString', 'x'),
      corpId: fc.constantFrom(corpId, 'dingother'),
      userids: fc.array(fc.constantFrom('a', 'b', 'c')),
      deptIds: fc.array(fc.integer({ min: 1, max: 4 })),
    })
    fc.assert(
      fc.property(fc.uniqueArray(any, { selector: ({ id }) => id }), (events) => {
        const sorted = sortEvents(events, corpId)
        const placed = [...sorted.targeted, ...sorted.complete, ...sorted.ignored.map(each => each.event)]
        expect(placed.map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort())
        const turned = sortEvents(events.toReversed(), corpId)
        expect(turned.targets.userids.sort()).toEqual(sorted.targets.userids.sort())
        expect(turned.targets.deptIds.sort()).toEqual(sorted.targets.deptIds.sort())
      }),
    )
  })
})
