import type { Department } from '#contract/directory.ts'
import type { Db } from '../../../server/db/index.ts'
import { describe, expect, it } from 'vitest'
import { departmentsOf } from '../../../server/messages/announcements/prepare.ts'
import { packDepartments } from '../../../server/notifications/index.ts'

const perMinute = 1500

/** A division of 5,001 people in four departments, `own` of them directly in it. */
function division(own: number, people = [1400, 1200, 1101, 1300]): Department[] {
  const entry = (n: number, members: number, membersBelow: number): Department =>
    ({ id: String(n), dingtalkId: 900 + n, name: `部门 ${n}`, parentId: n === 0 ? null : '0', order: n, parentOutOfScope: false, members, membersBelow })
  return [entry(0, own, own + people.reduce((sum, count) => sum + count, 0)), ...people.map((count, n) => entry(n + 1, count, count))]
}

async function told(all: Department[], ids = ['0']) {
  const departments = await departmentsOf({ departmentsIn: async () => all }, {} as Db, { kind: 'departments', ids }, perMinute)
  return departments && packDepartments(departments, perMinute)
}

describe('an announcement to 5,001 people by their departments', () => {
  it('goes to those below the one that is too large, none together with another beyond a minute\'s limit', async () => {
    expect(await told(division(0))).toEqual([1400, 1300, 1200, 1101].map(receivers => ({ deptIds: [expect.any(Number)], receivers })))
    expect(await told(division(0, [700, 700, 700, 700, 700, 700, 801]))).toHaveLength(4)
  })

  it('cannot go to one of more people than a call reaches, who belong to it directly', async () => {
    expect(await told(division(1))).toBeNull()
    // Up to 5,000 DingTalk takes in one call, in a minute of its own.
    expect(await told(division(1, [1400, 1200, 1101]))).toEqual([{ deptIds: [900], receivers: 3702 }])
  })

  it('goes once to each, also when one is chosen with another above it, and to none that is empty', async () => {
    expect(await told(division(0, [10, 0, 20]), ['0', '2', '3'])).toEqual([{ deptIds: [900], receivers: 30 }])
    expect(await told(division(0, [10, 0, 20]), ['2', '3'])).toEqual([{ deptIds: [903], receivers: 20 }])
    expect(await told(division(0).map(entry => ({ ...entry, dingtalkId: null })))).toBeNull()
  })
})
