import { describe, expect, it } from 'vitest'
import { fromFailed, fromHttp, fromStream } from '../../../server/dingtalk/events/channels.ts'
import { contactEvents, UnreadableEventError } from '../../../server/dingtalk/events/event.ts'
import fc from '../../support/properties.ts'

const arrival = { corpId: 'dingours', receivedAt: 1_800_000_000_000 }
const bornAt = 1_683_533_823_336

function overStream(type: string, data: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return fromStream({ eventType: type, eventId: 'id-1', eventCorpId: 'dingcorp', eventBornTime: String(bornAt), ...more }, data, arrival)
}

/** The documented fields of every contact event (dingtalk-server-api §7.3), and what they become. */
const documented: [string, Record<string, unknown>, Record<string, unknown>][] = [
  ...['user_add_org', 'user_leave_org', 'org_admin_add', 'org_admin_remove'].map(
    type =>
      [type, { timeStamp: '1685501863357', userId: ['u1', 'u2'] }, { userids: ['u1', 'u2'] }] as [
        string,
        Record<string, unknown>,
        Record<string, unknown>,
      ],
  ),
  ['user_active_org', { userId: ['u1'] }, { userids: ['u1'] }],
  [
    'user_modify_org',
    { timeStamp: '1685501863357', userId: ['u1'], diffInfo: { userid: 'u1', prev: { name: '张三' }, curr: { name: '张叁', jobNumber: 7 } } },
    { userids: ['u1'], diffs: [{ userid: 'u1', prev: { name: '张三' }, curr: { name: '张叁', jobNumber: '7' } }] },
  ],
  ['org_dept_create', { deptId: [11, 12] }, { deptIds: [11, 12] }],
  ['org_dept_modify', { deptId: [11] }, { deptIds: [11] }],
  ['org_dept_remove', { deptId: ['11'] }, { deptIds: [11] }],
  ['org_change', {}, {}],
  ['org_remove', {}, {}],
  ['label_user_change', { userIdList: ['u1'], labelIdList: [5], action: 'add' }, { userids: ['u1'], roleIds: [5], action: 'add' }],
  ['label_conf_add', { scope: '1', labelIdList: [5] }, { roleIds: [5] }],
  ['label_conf_modify', { scope: '1', labelIdList: [5], preLabelList: ['{"id":5}'], postLabelList: ['{"id":5}'] }, { roleIds: [5] }],
  ['label_conf_del', { labelIdList: [5] }, { roleIds: [5] }],
  [
    'inner_app_scopes_change',
    { userIds: ['u1'], deptIds: [3], roleIds: [5], operatorUnionId: 'un', unifiedAppId: 'x' },
    { userids: ['u1'], deptIds: [3], roleIds: [5], operatorUnionid: 'un' },
  ],
]

describe('contact events', () => {
  it('covers the whole list', () => {
    expect(documented.map(([type]) => type).sort()).toEqual(Object.keys(contactEvents).sort())
  })

  it.each(documented)('%s means the same over both channels', (type, fields, data) => {
    const streamed = overStream(type, fields)
    expect(streamed).toEqual({ id: 'id-1', type, corpId: 'dingcorp', at: bornAt, data, raw: fields })
    const pushed = fromHttp({ EventType: type, EventTime: bornAt, CorpId: 'dingcorp', BizId: '1', eventId: 'id-1', ...fields }, arrival)
    expect({ ...pushed, raw: {} }).toEqual({ ...streamed, raw: {} })
  })

  it('reads the sample of an HTTP push, also in the spelling of older pages', () => {
    const sample = {
      EventType: 'user_add_org',
      EventTime: 1663143335567,
      CorpId: 'ding9f50b15bxxxx16741',
      BizId: '166314333556700',
      eventId: 'c7c7120f2c07419ebdba0318c8',
      timeStamp: '1685501863357',
      userId: ['015xxxx227'],
    }
    expect(fromHttp(sample, arrival)).toEqual({
      id: 'c7c7120f2c07419ebdba0318c8',
      type: 'user_add_org',
      corpId: 'ding9f50b15bxxxx16741',
      at: 1663143335567,
      data: { userids: ['015xxxx227'] },
      raw: sample,
    })
    expect(fromHttp({ EventType: 'user_add_org', TimeStamp: '1685501863357', UserId: ['015xxxx227'], CorpId: 'c' }, arrival)).toMatchObject({
      at: 1685501863357,
      data: { userids: ['015xxxx227'] },
    })
  })

  it('takes keys in any case, single values for lists, and every id once', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }),
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        (userids, upper) => {
          const key = [...'userId'].map((letter, i) => (upper[i] ? letter.toUpperCase() : letter.toLowerCase())).join('')
          expect(overStream('user_add_org', { [key]: [...userids, ...userids] }).data.userids).toEqual(userids)
          expect(overStream('user_add_org', { [key]: userids[0] }).data.userids).toEqual([userids[0]])
        },
      ),
    )
  })

  it.each([
    ['user_add_org', {}],
    ['user_add_org', { userId: [] }],
    ['user_leave_org', { userId: [''] }],
    ['user_leave_org', { userId: [null] }],
    ['org_dept_create', { deptId: ['x'] }],
    ['org_dept_create', { deptId: [1.5] }],
    ['', { userId: ['u'] }],
  ])('does not guess whom %j %j is about', (type, fields) => {
    expect(() => overStream(type, fields)).toThrow(UnreadableEventError)
  })

  it('names fields, not people, when it cannot read an event', () => {
    expect(() => overStream('org_dept_create', { deptId: ['secret-name'] })).toThrow(
      expect.objectContaining({ type: 'org_dept_create', message: expect.not.stringContaining('secret-name') }),
    )
  })

  it('does not lose a member\'s change over an odd diffInfo', () => {
    expect(overStream('user_modify_org', { userId: ['u1'], diffInfo: 'odd' }).data).toEqual({ userids: ['u1'] })
  })

  it('keeps what it does not know', () => {
    const raw = { processInstanceId: 'p', deptId: 'not a number' }
    expect(overStream('bpms_instance_change', raw)).toMatchObject({ type: 'bpms_instance_change', data: {}, raw })
  })
})

describe('time', () => {
  it.each([
    ['1685501863357', 1685501863357],
    ['1685501863', 1685501863000],
    ['43535463645', arrival.receivedAt],
    ['', arrival.receivedAt],
    ['yesterday', arrival.receivedAt],
    ['-1', arrival.receivedAt],
  ])('%j', (time, at) => {
    expect(overStream('user_add_org', { timeStamp: time, userId: ['u'] }, { eventBornTime: undefined }).at).toBe(at)
  })
})

describe('failed pushes', () => {
  it('reads the sample', () => {
    expect(
      fromFailed(
        { call_back_tag: 'user_add_org', event_time: 1606126433000, user_add_org: { userid: ['zhangsan'], corpid: 'ding241fxxxx' } },
        arrival,
      ),
    ).toMatchObject({ type: 'user_add_org', at: 1606126433000, corpId: 'ding241fxxxx', data: { userids: ['zhangsan'] } })
  })

  it('unwraps', () => {
    expect(
      fromFailed(
        { call_back_tag: 'label_conf_del', event_time: 1606126433000, label_conf_del: { roleLabelChange: { labelIdList: [3] }, corpid: 'c' } },
        arrival,
      ),
    ).toMatchObject({ corpId: 'c', data: { roleIds: [3] } })
    expect(fromFailed({ call_back_tag: 'org_dept_remove', event_time: 1606126433000, deptid: [4] }, arrival).data).toEqual({ deptIds: [4] })
  })
})

describe('id', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 })

  it('is made up from type, time and ids, alike for push and failed push, in any order', () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 1_500_000_000_000, max: 1_900_000_000_000 }), fc.integer(), (userids, time, receivedAt) => {
        const pushed = fromHttp({ EventType: 'user_add_org', EventTime: time, CorpId: 'c', userId: userids }, arrival)
        const failed = fromFailed(
          { call_back_tag: 'user_add_org', event_time: String(time), user_add_org: { userid: userids.toReversed(), corpid: 'c' } },
          { ...arrival, receivedAt },
        )
        expect(failed.id).toBe(pushed.id)
      }),
    )
  })

  it('differs when type, time or ids differ', () => {
    const event = (type: string, time: number, userids: string[]) => fromHttp({ EventType: type, EventTime: time, userId: userids }, arrival).id
    const made = [
      event('user_add_org', bornAt, ['a', 'b']),
      event('user_leave_org', bornAt, ['a', 'b']),
      event('user_add_org', bornAt + 1, ['a', 'b']),
      event('user_add_org', bornAt, ['ab']),
      event('user_add_org', bornAt, ['a']),
      event('unknown', bornAt, ['a', 'b']),
      event('unknown', bornAt, ['b', 'a']),
    ]
    expect(new Set(made).size).toBe(made.length)
  })

  it('does not make two events without id and time the same', () => {
    const first = fromHttp({ EventType: 'org_change' }, arrival)
    expect(fromHttp({ EventType: 'org_change' }, { ...arrival, receivedAt: arrival.receivedAt + 1 }).id).not.toBe(first.id)
  })
})

it('never throws anything else, whatever arrives', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom(...Object.keys(contactEvents)), fc.string()),
      fc.dictionary(
        fc.oneof(fc.constantFrom('userId', 'deptId', 'labelIdList', 'timeStamp', 'diffInfo', 'EventTime', 'call_back_tag', '__proto__'), fc.string()),
        fc.jsonValue(),
      ),
      (type, fields) => {
        for (const read of [
          () => overStream(type, fields),
          () => fromHttp({ EventType: type, ...fields }, arrival),
          () => fromFailed({ call_back_tag: type, [type]: fields }, arrival),
        ]) {
          try {
            const event = read()
            expect(event.id).not.toBe('')
            expect(Number.isSafeInteger(event.at)).toBe(true)
          }
          catch (error) {
            expect(error).toBeInstanceOf(UnreadableEventError)
          }
        }
      },
    ),
  )
})
