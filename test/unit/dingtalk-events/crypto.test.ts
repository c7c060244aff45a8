import { Buffer } from 'node:buffer'
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decryptEvent, encryptEvent } from '../../../server/dingtalk/events/crypto.ts'
import { successReply } from '../../../server/dingtalk/events/reply.ts'
import { checkEventSecrets, eventAesKeyPattern, eventTokenPattern, generateEventSecrets } from '../../../server/dingtalk/events/secrets.ts'
import { eventSignature, verifyEventSignature, verifyFreshness } from '../../../server/dingtalk/events/signature.ts'
import fc from '../../support/properties.ts'
import { vectors } from './vectors.ts'

const secrets = { ...generateEventSecrets(), owner: 'dingapp' }
const key = Buffer.from(`${secrets.aesKey}=`, 'base64')

/** Encrypts any bytes with our key, as they are. */
function raw(plain: Buffer): string {
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
}

/** A well-formed plain text with chosen parts. */
function plainOf(
  message: Uint8Array,
  { length = message.length, owner = secrets.owner, pad }: { length?: number, owner?: string, pad?: (count: number) => Buffer } = {},
): Buffer {
  const head = Buffer.alloc(20)
  head.writeUInt32BE(length, 16)
  const body = Buffer.concat([head, message, Buffer.from(owner)])
  const count = 32 - (body.length % 32)
  return Buffer.concat([body, pad?.(count) ?? Buffer.alloc(count, count)])
}

describe('the documented vectors', () => {
  it.each(vectors)('$name: signature and decryption', ({ secrets: known, encrypt, plain, signature, timestamp, nonce }) => {
    expect(eventSignature(known.token, { timestamp, nonce, encrypt })).toBe(signature)
    expect(() => verifyEventSignature(known.token, { timestamp, nonce, encrypt }, signature)).not.toThrow()
    expect(decryptEvent(known, encrypt)).toBe(plain)
  })

  it.each(vectors)('$name: encryption', ({ secrets: known, encrypt, plain, random }) => {
    const vectorKey = Buffer.from(`${known.aesKey}=`, 'base64')
    const decipher = createDecipheriv('aes-256-cbc', vectorKey, vectorKey.subarray(0, 16)).setAutoPadding(false)
    const used = random ?? decipher.update(Buffer.from(encrypt, 'base64')).subarray(0, 16)
    expect(encryptEvent(known, plain, used)).toBe(encrypt)
  })

  it('makes the documented reply', () => {
    const [, , vector] = vectors
    expect(successReply(vector!.secrets, 1_700_000_000_000, vector!.nonce, vector!.random)).toEqual({
      msg_signature: vector!.signature,
      timeStamp: '1700000000000',
      nonce: vector!.nonce,
      encrypt: vector!.encrypt,
    })
  })
})

describe('encryption', () => {
  it('gives back any message, in blocks of 32 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ minLength: 1, maxLength: 40 }), (message, owner) => {
        const encrypt = encryptEvent({ ...secrets, owner }, message)
        expect(Buffer.from(encrypt, 'base64').length % 32).toBe(0)
        expect(decryptEvent({ ...secrets, owner }, encrypt)).toBe(message)
      }),
    )
  })

  it('never encrypts the same message alike', () => {
    expect(encryptEvent(secrets, 'success')).not.toBe(encryptEvent(secrets, 'success'))
  })

  it('refuses a message for another app', () => {
    const other = encryptEvent({ ...secrets, owner: 'dingapq' }, 'x')
    expect(() => decryptEvent(secrets, other)).toThrow(expect.objectContaining({ code: 900010 }))
    const longer = encryptEvent({ ...secrets, owner: 'dingapp2' }, 'x')
    expect(() => decryptEvent(secrets, longer)).toThrow(expect.objectContaining({ code: 900010 }))
  })

  it('throws nothing but its own errors for arbitrary bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes).toString('base64')),
          fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 5 }).map(blocks => raw(Buffer.concat(blocks))),
        ),
        (encrypt) => {
          expect(() => decryptEvent(secrets, encrypt)).toThrow(expect.objectContaining({ name: 'EventCryptoError' }))
        },
      ),
    )
  })

  it.each([
    ['nothing', '', 900001],
    ['no base64', '{"a":1}', 900001],
    ['half a block', Buffer.alloc(24).toString('base64'), 900008],
    ['a padding of 0', raw(plainOf(Buffer.from('x'), { pad: count => Buffer.alloc(count, 0) })), 900008],
    ['a padding above 32', raw(plainOf(Buffer.from('x'), { pad: count => Buffer.alloc(count, 33) })), 900008],
    [
      'a padding of mixed bytes',
      raw(plainOf(Buffer.from('x'), { pad: count => Buffer.concat([Buffer.alloc(count - 1, 1), Buffer.from([count])]) })),
      900008,
    ],
    ['bytes that are no UTF-8', raw(plainOf(Buffer.from([0xFF, 0xFE]))), 900008],
    ['nothing but padding', raw(Buffer.alloc(32, 32)), 900009],
    ['a length beyond the end', raw(plainOf(Buffer.from('x'), { length: 4_000_000_000 })), 900009],
    ['a length that eats the owner', raw(plainOf(Buffer.from('x'), { length: 3 })), 900010],
  ])('tells what is wrong with %s', (_, encrypt, code) => {
    expect(() => decryptEvent(secrets, encrypt)).toThrow(expect.objectContaining({ code }))
  })
})

describe('signature', () => {
  const parts = { timestamp: '1700000000000', nonce: 'n', encrypt: 'abc' }
  const good = eventSignature(secrets.token, parts)

  it.each(['', good.slice(1), `${good}0`, good.toUpperCase(), `0${good.slice(1)}`.replace(good, 'f'.repeat(40)), '汉'.repeat(40)])(
    'refuses %j',
    (wrong) => {
      expect(() => verifyEventSignature(secrets.token, parts, wrong)).toThrow(expect.objectContaining({ code: 900005 }))
    },
  )

  it('covers every part', () => {
    for (const changed of [{ timestamp: '1700000000001' }, { nonce: 'm' }, { encrypt: 'abd' }])
      expect(() => verifyEventSignature(secrets.token, { ...parts, ...changed }, good)).toThrow(expect.objectContaining({ code: 900005 }))
    expect(() => verifyEventSignature('othertoken', parts, good)).toThrow(expect.objectContaining({ code: 900005 }))
  })

  it('takes timestamps in seconds and milliseconds, within the window on both sides', () => {
    const now = 1_700_000_000_000
    for (const timestamp of ['1700000000000', '1700000000', '1700000060000', '1699999940000'])
      expect(() => verifyFreshness(timestamp, now, 60_000)).not.toThrow()
    for (const timestamp of ['1700000061', '1699999939999', '', '17e11', '-700000000000', '1700000000000x'])
      expect(() => verifyFreshness(timestamp, now, 60_000)).toThrow(expect.objectContaining({ code: 900002 }))
  })
})

describe('secrets', () => {
  it('are generated in DingTalk\'s form, each differently', () => {
    const made = Array.from({ length: 200 }, generateEventSecrets)
    for (const pair of made) {
      expect(pair.aesKey).toMatch(eventAesKeyPattern)
      expect(pair.token).toMatch(eventTokenPattern)
      // canonical base64, for strict decoders
      expect(Buffer.from(`${pair.aesKey}=`, 'base64').toString('base64')).toBe(`${pair.aesKey}=`)
    }
    expect(new Set(made.map(pair => pair.aesKey)).size).toBe(200)
    expect(new Set(made.map(pair => pair.token)).size).toBe(200)
  })

  it.each([
    [{ aesKey: secrets.aesKey.slice(1) }, 900004],
    [{ aesKey: `${secrets.aesKey.slice(1)}+` }, 900004],
    [{ aesKey: `${secrets.aesKey}\n` }, 900004],
    [{ token: 'ab' }, 900006],
    [{ token: 'a'.repeat(33) }, 900006],
    [{ token: 'with space' }, 900006],
    [{ owner: '' }, 900010],
  ])('refuses %j', (wrong, code) => {
    expect(() => checkEventSecrets({ ...secrets, ...wrong })).toThrow(expect.objectContaining({ code }))
  })
})
