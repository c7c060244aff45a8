import { describe, expect, it } from 'vitest'
import { readEnv } from '../../server/env.ts'

describe('the environment', () => {
  it('has defaults for everything a demo needs', () => {
    expect(readEnv({})).toMatchObject({ PORT: 3000, DATA_DIR: 'data', CRM: 'embedded', DINGTALK_API_BASE: 'https://api.dingtalk.com' })
  })

  it('reports all problems together', () => {
    const read = () => readEnv({ PORT: 'eighty', PUBLIC_URL: 'ftp://x', LOG_LEVEL: 'loud', SECRET_KEY: 'short' })
    expect(read).toThrow(/PORT[\s\S]*PUBLIC_URL[\s\S]*SECRET_KEY[\s\S]*LOG_LEVEL/)
  })

  it('wants a secret key of one\'s own with a Postgres server', () => {
    expect(() => readEnv({ DATABASE_URL: 'postgres://db/crm' })).toThrow(/SECRET_KEY/)
  })

  it('counts empty variables as absent', () => {
    expect(readEnv({ PORT: '', PUBLIC_URL: ' ' })).toEqual(readEnv({}))
  })
})
