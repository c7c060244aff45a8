import { describe, expect, it } from 'vitest'
import { readEnv } from '../../server/env.ts'

describe('the environment', () => {
  it('has defaults for everything a demo needs', () => {
    expect(readEnv({})).toMatchObject({ PORT: 3000, DATA_DIR: 'data', CRM: 'embedded', DINGTALK_API_BASE: 'https://api.dingtalk.com' })
  })

  it('does not start with a secret as Client ID, which is public, and does not repeat it', () => {
    const secret = 'Zx8Qv2Lr7Tn4Bw1Yk6Mh3Pd9Gc5Js0Fa2Ue8Ri4Ot6Xq1Wn7Lb3'
    const given = { DINGTALK_CORP_ID: 'ding0123456789abcdef', DINGTALK_CLIENT_ID: secret, DINGTALK_CLIENT_SECRET: 'dingqx7m2k4p9w8z1abc' }
    expect(() => readEnv(given)).toThrow(/DINGTALK_CLIENT_ID/)
    expect(() => readEnv(given)).not.toThrow(secret)
    expect(readEnv({ ...given, DINGTALK_CLIENT_ID: 'dingqx7m2k4p9w8z1abc' })).toMatchObject({ DINGTALK_CLIENT_ID: 'dingqx7m2k4p9w8z1abc' })
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
