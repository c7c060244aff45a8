import { describe, expect, it } from 'vitest'
import { readEnv } from '../../../sandbox/env.ts'

describe('the environment of the sandbox', () => {
  it('has defaults for the demo', () => {
    expect(readEnv({})).toMatchObject({
      SANDBOX_PORT: 3100,
      CONTAINER_PORT: 3101,
      SANDBOX_DEPARTMENTS: 12,
      SANDBOX_MEMBERS: 160,
      SANDBOX_H5_URL: 'http://127.0.0.1:3000',
    })
  })

  it('reads numbers and takes the slash off the address', () => {
    expect(readEnv({ SANDBOX_MEMBERS: '100000', SANDBOX_H5_URL: 'https://crm.example.com/' })).toMatchObject({
      SANDBOX_MEMBERS: 100_000,
      SANDBOX_H5_URL: 'https://crm.example.com',
    })
  })

  it('names everything that is wrong at once', () => {
    expect(() => readEnv({ SANDBOX_PORT: 'x', SANDBOX_H5_URL: 'ftp://a' })).toThrow(/SANDBOX_PORT[\s\S]*SANDBOX_H5_URL/)
  })
})
