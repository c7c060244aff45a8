import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { CryptoError, decryptMessage, encryptMessage, signatureOf } from '../../../sandbox/dingtalk/platform/events/http/crypto.ts'

// The documents' own vectors, then two computed ones (dingtalk-server-api §7.1).
const DOCUMENTED = [
  {
    token: '123456',
    aesKey: '1234567890123456789012345678901234567890123',
    owner: 'dingsnotzck6pm5veliw',
    timestamp: '1614767836',
    nonce: 'A7Co0cJLMzIDtMMI',
    signature: '9a95a004dd16f5c307e849b994173f76aa26e5eb',
    encrypted: 'YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==',
    message: 'success',
  },
  {
    token: '123456',
    aesKey: '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij',
    owner: 'suite4xxxxxxxxxxxxxxx',
    timestamp: '1445827045067',
    nonce: 'nEXhMP4r',
    signature: '5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0',
    encrypted:
      '1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==',
    message: '{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}',
  },
]
const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const COMPUTED = [
  ['success', 'Q3stYC6hdFzMh9T8HCvyDE7Jp4b7XAYSu7Dc3ZKxh/tCyZQegAZv8g+MVbPLE7aG3uMy6I4s7hR/pi8wnpvgLw==', 'd6da90cfdaedb9fbe9c5af08f88e7fe3f52893ad'],
  [
    '{"EventType":"check_url"}',
    'Q3stYC6hdFzMh9T8HCvyDLV8JeomtQuxZLosYEI28mjzSD5UpK2hp0QUc4H6M/N5pGoixjHYd6lZ70tx6ST3IA==',
    'ba7c368ae447891cd047fd0073c58b33d134e151',
  ],
] as const

function codeOf(run: () => unknown): number | undefined {
  try {
    run()
    return undefined
  }
  catch (error) {
    return error instanceof CryptoError ? error.code : Number.NaN
  }
}

describe('event encryption', () => {
  it.each(DOCUMENTED)('reads the documented message $message', ({ token, aesKey, owner, timestamp, nonce, signature, encrypted, message }) => {
    expect(signatureOf(token, timestamp, nonce, encrypted)).toBe(signature)
    expect(decryptMessage(encrypted, aesKey)).toEqual({ message, owner })
  })

  it.each(COMPUTED)('writes %s', (message, encrypted, signature) => {
    expect(encryptMessage(message, KEY, 'dingtestappkey01', Buffer.from('0123456789abcdef'))).toBe(encrypted)
    expect(signatureOf('crmtoken01', '1700000000000', 'nonce001', encrypted)).toBe(signature)
  })

  it('reads back whatever it wrote, at every padding length', () => {
    for (let length = 0; length <= 64; length++) {
      const message = '李'.repeat(length % 3) + 'x'.repeat(length)
      expect(decryptMessage(encryptMessage(message, KEY, 'ding1'), KEY)).toEqual({ message, owner: 'ding1' })
    }
  })

  it('says what is wrong with a key, a cipher text, a padding', () => {
    const good = encryptMessage('success', KEY, 'ding1')
    expect(codeOf(() => encryptMessage('x', 'short', 'ding1'))).toBe(900004)
    expect(codeOf(() => decryptMessage('bm90IGEgYmxvY2s=', KEY))).toBe(900008)
    expect(codeOf(() => decryptMessage(good, KEY.toLowerCase()))).toBe(900008)
  })
})
