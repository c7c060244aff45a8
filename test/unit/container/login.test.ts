import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { requestLoginCode } from '../../../src/container/login.ts'
import { compareVersions, knowsUnionLogin } from '../../../src/container/version.ts'
import { fakeSdk } from './fake-sdk.ts'

const app = { corpId: 'ding1', clientId: 'client1' }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('requestLoginCode', () => {
  it('asks with corpId and clientId', async () => {
    const sdk = fakeSdk({ platform: 'ios' })
    await expect(requestLoginCode(sdk, app)).resolves.toBe('v2')
    expect(sdk.requestAuthCodeV2).toHaveBeenCalledWith(app)
    expect(sdk.requestAuthCode).not.toHaveBeenCalled()
  })

  it.each([
    ['the client is too old', fakeSdk({ version: '7.0.44' }), app],
    ['there is no clientId', fakeSdk({ platform: 'ios' }), { ...app, clientId: null }],
    [
      'the client does not know the method',
      fakeSdk({ requestAuthCodeV2: () => Promise.reject(Object.assign(new Error('x'), { errorCode: '1' })) }),
      app,
    ],
    [
      'the SDK has no entry for the platform',
      fakeSdk({ requestAuthCodeV2: () => Promise.reject(Object.assign(new Error('x'), { errorCode: 4050 })) }),
      app,
    ],
  ])('takes the classic way when %s', async (_, sdk, which) => {
    await expect(requestLoginCode(sdk, which)).resolves.toBe('classic')
    expect(sdk.requestAuthCode).toHaveBeenCalledWith({ corpId: 'ding1' })
  })

  it.each([
    ['cancelled', '-1'],
    ['domain', 'PC_1009'],
    ['corp', 'PC_1008'],
  ])('does not ask twice after %s', async (kind, errorCode) => {
    const sdk = fakeSdk({ requestAuthCodeV2: () => Promise.reject(Object.assign(new Error('x'), { errorCode })) })
    await expect(requestLoginCode(sdk, app)).rejects.toMatchObject({ kind })
    expect(sdk.requestAuthCode).not.toHaveBeenCalled()
  })

  it('gives up on a silent bridge after eight seconds, once', async () => {
    const sdk = fakeSdk({ requestAuthCodeV2: () => new Promise(() => {}) })
    const asked = requestLoginCode(sdk, app)
    const failed = expect(asked).rejects.toMatchObject({ kind: 'timeout' })
    await vi.advanceTimersByTimeAsync(7999)
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    await failed
    expect(sdk.requestAuthCode).not.toHaveBeenCalled()
  })

  it.each([undefined, '', {}, { code: '' }, { code: 5 }])('refuses the answer %j', async (answer) => {
    const sdk = fakeSdk({ requestAuthCodeV2: async () => answer as { code: string } })
    await expect(requestLoginCode(sdk, app)).rejects.toMatchObject({ kind: 'native', code: 'no_code' })
  })
})

describe('knowsUnionLogin', () => {
  it.each([
    ['ios', '7.0.45', true],
    ['android', '7.0.44', false],
    ['pc', '7.0.50-Release.3', true],
    ['pc', '7.0.45', false],
    ['harmony', '7.0.0', true],
    ['harmony', '6.9.9', false],
    ['ios', undefined, true],
    ['somethingNew', '1.0', true],
  ])('%s %s: %s', (platform, version, knows) => {
    expect(knowsUnionLogin(platform, version)).toBe(knows)
  })

  it('compares numbers, not text', () => {
    expect(compareVersions('7.0.100', '7.0.45')).toBeGreaterThan(0)
    expect(compareVersions('7.1', '7.1.0')).toBe(0)
  })
})
