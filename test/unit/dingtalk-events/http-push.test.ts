import { describe, expect, it } from 'vitest'
import { decryptEvent, encryptEvent } from '../../../server/dingtalk/events/crypto.ts'
import { readPush } from '../../../server/dingtalk/events/http-push.ts'
import { generateEventSecrets } from '../../../server/dingtalk/events/secrets.ts'
import { eventSignature, verifyEventSignature } from '../../../server/dingtalk/events/signature.ts'
import { vectors } from './vectors.ts'

const secrets = { ...generateEventSecrets(), owner: 'dingapp' }
const now = 1_800_000_000_000
const context = { secrets, corpId: 'dingcorp', now }

interface Push {
  query: Record<string, unknown>
  body: Record<string, unknown>
}

/** A push as DingTalk sends it. */
function pushOf(message: unknown, at = now, used = secrets): Push {
  const encrypt = encryptEvent(used, typeof message === 'string' ? message : JSON.stringify(message))
  const timestamp = String(at)
  const signature = eventSignature(used.token, { timestamp, nonce: 'nonce', encrypt })
  return { query: { msg_signature: signature, signature, timestamp, nonce: 'nonce' }, body: { encrypt } }
}

function read({ query, body }: Push, more = {}) {
  return readPush(query, body, { ...context, ...more })
}

const leave = { EventType: 'user_leave_org', EventTime: now, CorpId: 'dingcorp', eventId: 'e1', userId: ['u1'] }

describe('a push of DingTalk', () => {
  it('becomes an event and a reply that DingTalk can verify', () => {
    const outcome = read(pushOf(leave))
    expect(outcome).toMatchObject({ kind: 'event', event: { id: 'e1', type: 'user_leave_org', data: { userids: ['u1'] } } })
    if (outcome.kind !== 'event')
      return
    const { msg_signature, timeStamp, nonce, encrypt } = outcome.reply
    expect(timeStamp).toBe(String(now))
    expect(() => verifyEventSignature(secrets.token, { timestamp: timeStamp, nonce, encrypt }, msg_signature)).not.toThrow()
    expect(decryptEvent(secrets, encrypt)).toBe('success')
  })

  it('checks the address: the documented vector', () => {
    const vector = vectors.at(-1)!
    const outcome = readPush(
      { msg_signature: vector.signature, timestamp: vector.timestamp, nonce: vector.nonce },
      { encrypt: vector.encrypt },
      { ...context, secrets: vector.secrets, now: Number(vector.timestamp) + 5 },
    )
    expect(outcome).toMatchObject({ kind: 'check_url', reply: { timeStamp: '1700000000005' } })
  })

  it.each(['signature', 'msg_signature'])('may give its signature as %s only', (name) => {
    const { query, body } = pushOf(leave)
    const { timestamp, nonce } = query
    expect(read({ query: { [name]: query.signature, timestamp, nonce }, body }).kind).toBe('event')
  })

  it.each([['not JSON'], [[]], [{}], [{ EventType: 'user_add_org' }]])(
    'that is authentic but unreadable is answered, so that it does not come again: %j',
    (message) => {
      const outcome = read(pushOf(message))
      expect(outcome).toMatchObject({ kind: 'unreadable' })
      expect(outcome.kind === 'unreadable' && decryptEvent(secrets, outcome.reply.encrypt)).toBe('success')
    },
  )
})

describe('a push of anybody else', () => {
  it.each<[string, (push: Push) => Push, number, boolean]>([
    ['without a body', push => ({ ...push, body: {} }), 900001, false],
    ['with another body', push => ({ ...push, body: { encrypt: ['x'] } }), 900001, false],
    ['without timestamp', push => ({ ...push, query: { ...push.query, timestamp: '' } }), 900002, false],
    ['without nonce', push => ({ ...push, query: { ...push.query, nonce: undefined } }), 900003, false],
    ['with a repeated nonce parameter', push => ({ ...push, query: { ...push.query, nonce: ['nonce', 'nonce'] } }), 900002, false],
    ['without signature', push => ({ ...push, query: { timestamp: push.query.timestamp, nonce: 'nonce' } }), 900005, false],
    ['with a wrong signature', push => ({ ...push, query: { ...push.query, msg_signature: 'f'.repeat(40) } }), 900005, false],
    ['with another timestamp', push => ({ ...push, query: { ...push.query, timestamp: String(now + 1) } }), 900005, false],
    ['with changed content', push => ({ ...push, body: pushOf({ ...leave, userId: ['boss'] }).body }), 900005, false],
    ['with another token', () => pushOf(leave, now, { ...secrets, token: 'anothertoken' }), 900005, false],
    ['with another key', () => pushOf(leave, now, { ...secrets, aesKey: generateEventSecrets().aesKey }), 900008, true],
    ['for another app', () => pushOf(leave, now, { ...secrets, owner: 'dingother' }), 900010, true],
    ['from eleven minutes ago', () => pushOf(leave, now - 11 * 60_000), 900002, true],
    ['from the future', () => pushOf(leave, now + 11 * 60_000), 900002, true],
  ])('%s is refused, and told apart by our signature', (_, forge, code, proven) => {
    const outcome = read(forge(pushOf(leave)))
    expect(outcome).toEqual({ kind: 'refused', code, message: expect.stringContaining(String(code)), proven })
  })

  it.each([
    [undefined, undefined],
    [null, null],
    ['x', 'y'],
    [[], []],
  ])('with %j and %j instead of query and body is refused', (query, body) => {
    expect(readPush(query, body, context).kind).toBe('refused')
  })

  it('is refused while our own secrets are unusable', () => {
    expect(read(pushOf(leave), { secrets: { ...secrets, aesKey: '' } })).toMatchObject({ kind: 'refused', code: 900004, proven: true })
  })

  it('has as much time as we give it', () => {
    const old = pushOf(leave, now - 11 * 60_000)
    expect(read(old, { windowMs: 12 * 60_000 }).kind).toBe('event')
    expect(read(pushOf(leave, now - 2000), { windowMs: 1000 })).toMatchObject({ kind: 'refused', code: 900002 })
  })
})
