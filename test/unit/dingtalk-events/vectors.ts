import type { EventSecrets } from '../../../server/dingtalk/events/secrets.ts'
import { Buffer } from 'node:buffer'

interface Vector {
  name: string
  secrets: EventSecrets
  timestamp: string
  nonce: string
  signature: string
  encrypt: string
  plain: string
  /** The 16 random bytes, where they are known. */
  random?: Uint8Array
}

const own = {
  secrets: { token: 'crmtoken01', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', owner: 'dingtestappkey01' },
  timestamp: '1700000000000',
  nonce: 'nonce001',
  random: Buffer.from('0123456789abcdef'),
}

/** All vectors of dingtalk-server-api §7.1. */
export const vectors: Vector[] = [
  {
    name: 'success, padding 17',
    secrets: { token: '123456', aesKey: '1234567890123456789012345678901234567890123', owner: 'dingsnotzck6pm5veliw' },
    timestamp: '1614767836',
    nonce: 'A7Co0cJLMzIDtMMI',
    signature: '9a95a004dd16f5c307e849b994173f76aa26e5eb',
    encrypt: 'YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==',
    plain: 'success',
  },
  {
    name: 'suite, padding 22',
    secrets: { token: '123456', aesKey: '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij', owner: 'suite4xxxxxxxxxxxxxxx' },
    timestamp: '1445827045067',
    nonce: 'nEXhMP4r',
    signature: '5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0',
    encrypt:
      '1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==',
    plain: '{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}',
  },
  {
    ...own,
    name: 'own success',
    signature: 'd6da90cfdaedb9fbe9c5af08f88e7fe3f52893ad',
    encrypt: 'Q3stYC6hdFzMh9T8HCvyDE7Jp4b7XAYSu7Dc3ZKxh/tCyZQegAZv8g+MVbPLE7aG3uMy6I4s7hR/pi8wnpvgLw==',
    plain: 'success',
  },
  {
    ...own,
    name: 'own check_url',
    signature: 'ba7c368ae447891cd047fd0073c58b33d134e151',
    encrypt: 'Q3stYC6hdFzMh9T8HCvyDLV8JeomtQuxZLosYEI28mjzSD5UpK2hp0QUc4H6M/N5pGoixjHYd6lZ70tx6ST3IA==',
    plain: '{"EventType":"check_url"}',
  },
]
