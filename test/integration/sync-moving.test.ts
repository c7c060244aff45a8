import type { SyncCompany } from '../support/sync-company.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { engines } from '../support/engines.ts'
import { syncCompany } from '../support/sync-company.ts'
import { until } from '../support/until.ts'

describe.each(engines)('a company that moves while it is read, on $engine', ({ open }) => {
  let company: SyncCompany
  beforeAll(async () => {
    company = await syncCompany(open)
  })
  beforeEach(async () => {
    await company.reset()
    await company.run()
  })
  afterAll(() => company.close())

  /** Departments of somebody by DingTalk's ids, here and there. */
  async function placesOf(userid: string) {
    const { db, sandbox } = company
    const rows = await db
      .select({ deptId: tables.department.dingtalkId, leads: tables.accountDepartment.leader })
      .from(tables.accountDepartment)
      .innerJoin(tables.binding, eq(tables.binding.accountId, tables.accountDepartment.accountId))
      .innerJoin(tables.department, eq(tables.department.id, tables.accountDepartment.departmentId))
      .where(eq(tables.binding.userid, userid))
    const { deptIds, leaderIn } = sandbox.platform.member(userid)!
    return {
      here: rows.map(({ deptId, leads }) => [deptId, leads]).sort(),
      there: deptIds.map(deptId => [deptId, leaderIn.includes(deptId)]).sort(),
    }
  }

  async function expectSame(...userids: string[]) {
    for (const userid of userids) {
      const { here, there } = await placesOf(userid)
      expect(here, userid).toEqual(there)
    }
  }

  it('finds the department made after its parent was listed, for those who went there', async () => {
    const { mutate, deptId, run, sandbox } = company
    const leads = sandbox.platform.member('zhouba')!.leaderIn
    // What is listed fits the number, so that nothing else makes the crawl read again.
    company.announced = 159
    let moved = false
    company.answered = (api, about) => {
      if (api !== 'listSubDepartments' || about !== 1 || moved)
        return
      moved = true
      mutate(
        { op: 'addDepartment', department: { name: '新大区', parentId: 1, deptId: 7001 } },
        { op: 'addDepartment', department: { name: '新小组', parentId: 7001, deptId: 7002 } },
        { op: 'moveMember', userid: 'zhaoliu', deptIds: [7002] },
        { op: 'updateMember', userid: 'zhouba', changes: { deptIds: [deptId('华南销售部'), deptId('销售中心'), 7002], leaderIn: [...leads, 7002] } },
      )
    }
    expect(await run()).toMatchObject({ status: 'succeeded', counts: { departmentsCreated: 2, accountsDisabled: 0 } })
    expect(moved).toBe(true)
    await expectSame('zhaoliu', 'zhouba')
  })

  it('follows somebody whose old department answered late, after the new one had shown them', async () => {
    const { mutate, deptId, run, sandbox } = company
    const [from, to] = [sandbox.platform.member('zhaoliu')!.deptIds[0]!, deptId('市场部')]
    const left = Promise.withResolvers<void>()
    const seen = Promise.withResolvers<void>()
    company.asked = (api, about) => (api === 'listUsers' && about === to ? left.promise : undefined)
    company.answered = async (api, about) => {
      if (api === 'listUsers' && about === from) {
        mutate({ op: 'moveMember', userid: 'zhaoliu', deptIds: [to] })
        left.resolve()
        await seen.promise
      }
      else if (api === 'listUsers' && about === to) {
        seen.resolve()
      }
    }
    const { progress } = await run()
    expect(progress).toMatchObject({ questionsKnown: 1, questionsDone: 1 })
    await expectSame('zhaoliu')
  })

  it('takes no department from somebody who was put back into it before the plan', async () => {
    const { mutate, deptId, run, sandbox } = company
    const before = sandbox.platform.member('zhouba')!.deptIds
    mutate({ op: 'moveMember', userid: 'zhouba', deptIds: [deptId('华南销售部')] })
    let counts = 0
    company.answered = (api) => {
      // The second number is asked when everybody has been read.
      if (api === 'countUsers' && ++counts === 2)
        mutate({ op: 'moveMember', userid: 'zhouba', deptIds: before })
    }
    expect(await run()).toMatchObject({ counts: { membershipsChanged: 1 } })
    await expectSame('zhouba')
  })

  it('disables nobody who was gone when they were asked about and is back before it writes', async () => {
    const { mutate, run, sandbox, accountOf } = company
    const { name, deptIds, unionid } = sandbox.platform.member('zhaoliu')!
    mutate({ op: 'removeMember', userid: 'zhaoliu' }, { op: 'removeMember', userid: 'wangwu' })
    let asked = 0
    company.answered = (api, about) => {
      if (api === 'getUser' && about === 'zhaoliu' && ++asked === 1)
        mutate({ op: 'addMember', member: { userid: 'zhaoliu', name, deptIds, unionid } })
    }
    expect(await run()).toMatchObject({ status: 'succeeded', counts: { accountsDisabled: 1 } })
    expect(asked).toBe(2)
    expect(await accountOf('zhaoliu')).toMatchObject({ status: 'active' })
    expect(await accountOf('wangwu')).toMatchObject({ status: 'disabled' })
    await expectSame('zhaoliu')
  })

  it('changes nothing when the question about somebody who would lose a department gets no answer', async () => {
    const { mutate, deptId, run, sandbox, dump } = company
    const before = await dump()
    mutate({ op: 'moveMember', userid: 'zhouba', deptIds: [deptId('华南销售部')] })
    sandbox.platform.control.faults({ path: '/topapi/v2/user/get', kind: 'errcode', errcode: 60011, errmsg: '没有调用该接口的权限' })
    expect(await run()).toMatchObject({ status: 'failed', error: { code: '60011' } })
    expect(await dump()).toEqual(before)
    sandbox.platform.control.clearFaults()
    expect(await run()).toMatchObject({ status: 'succeeded' })
    await expectSame('zhouba')
  })

  describe('between a plan and its approval', () => {
    const broken = { path: '/topapi/v2/user/get', kind: 'errcode', errcode: 60011, errmsg: '没有调用该接口的权限' } as const

    it('keeps the plan waiting when DingTalk cannot say who is still gone, tells why, and lets it be tried again', async () => {
      const { mutate, run, apply, accountOf, sandbox, changesOf } = company
      mutate({ op: 'removeMember', userid: 'zhaoliu' }, { op: 'removeMember', userid: 'wangwu' })
      const preview = await run('preview')
      const shown = await changesOf(preview.id)
      sandbox.platform.control.faults(broken)
      const kept = await apply(preview.id)
      expect(kept).toMatchObject({ id: preview.id, status: 'planned', counts: preview.counts, kinds: preview.kinds, error: { code: '60011' } })
      expect(kept.error!.message).not.toBe('')
      expect(await changesOf(preview.id)).toEqual(shown)
      expect(await accountOf('zhaoliu')).toMatchObject({ status: 'active' })

      sandbox.platform.control.clearFaults()
      expect(await apply(preview.id)).toMatchObject({ status: 'succeeded', error: null, counts: { accountsDisabled: 2 }, progress: { questionsKnown: 2, questionsDone: 2 } })
      expect(await accountOf('zhaoliu')).toMatchObject({ status: 'disabled' })
    })

    it('keeps a stopped run stopped, also over a shutdown and when its process dies', async () => {
      const { mutate, run, apply, sandbox, settings, db, sync, by, instance } = company
      settings.guard = { disableCount: 0, disablePercent: 0, removeDepartmentsPercent: 100 }
      mutate({ op: 'removeMember', userid: 'zhaoliu' })
      const stopped = await run()
      expect(stopped).toMatchObject({ status: 'stopped', stop: { kind: 'guard', disabled: 1 } })
      sandbox.platform.control.faults({ path: '/topapi/v2/user/get', kind: 'hang' })

      const another = instance()
      await another.sync.apply(stopped.id, {}, by)
      await until(async () => (await another.sync.get(stopped.id)).phase === 'confirm' || undefined)
      await another.close()
      expect(await sync.get(stopped.id)).toMatchObject({ status: 'stopped', stop: stopped.stop, counts: { accountsDisabled: 1 }, error: { reason: 'shutdown' } })

      // The second one died before a clock was set back by an hour.
      for (const sinceMs of [31_000, -3600_000]) {
        const dead = { status: 'running', heartbeatAt: new Date(Date.now() - sinceMs) } as const
        await db.update(tables.syncRun).set(dead).where(eq(tables.syncRun.id, stopped.id))
        await sync.recover()
        expect(await sync.get(stopped.id)).toMatchObject({ status: 'stopped', error: { reason: 'interrupted' } })
      }
      sandbox.platform.control.clearFaults()
      expect(await apply(stopped.id)).toMatchObject({ status: 'succeeded', error: null, counts: { accountsDisabled: 1 } })
    })
  })
})
