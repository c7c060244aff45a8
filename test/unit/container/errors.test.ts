import { describe, expect, it } from 'vitest'
import { ContainerError, toContainerError } from '../../../src/container/errors.ts'

describe('toContainerError', () => {
  it.each([
    [
      'SDK outside DingTalk',
      new Error('[DINGTALK-JSAPI] ERROR 4040: Do not support the current environment：\'notInDingTalk\''),
      'notInDingTalk',
      '4040',
    ],
    ['no entry for this platform', { errorCode: 4050, errorMessage: '[DINGTALK-JSAPI] ERROR 4050: …' }, 'unsupported', '4050'],
    ['unknown API', { errorCode: 4060, errorMessage: '[DINGTALK-JSAPI] ERROR 4060: …' }, 'unsupported', '4060'],
    ['method unknown to the client', { errorCode: '1', errorMessage: 'not exist' }, 'unsupported', '1'],
    ['unregistered domain', { errorCode: '3', errorMessage: '对应企业没有crm.example.com域名微应用' }, 'domain', '3'],
    ['code 3 about the corp', { errorCode: '3', errorMessage: 'invalid corpId' }, 'corp', '3'],
    ['code 3 without a reason', { errorCode: '3', errorMessage: 'internal error' }, 'native', '3'],
    ['cancelled on a phone', { errorCode: '-1', errorMessage: '用户取消' }, 'cancelled', '-1'],
    ['aborted on PC', { errorCode: 'PC_1011', errorMessage: { errorMessage: 'user aborted' } }, 'cancelled', 'PC_1011'],
    ['numeric PC code', { errorCode: 1008, errorMessage: 'unknown corpid' }, 'corp', '1008'],
    ['bad URL on PC', { errorCode: 'PC_1009', errorMessage: 'bad url' }, 'domain', 'PC_1009'],
    ['Android bootstrap failure', { errorCode: '2', errorMessage: 'runtime failed' }, 'native', '2'],
    ['other spelling of the fields', { code: 7, message: 'no permission' }, 'native', '7'],
  ])('reads %s', (_, reason, kind, code) => {
    expect(toContainerError(reason)).toMatchObject({ kind, code })
  })

  it('keeps the words of a nested PC message', () => {
    expect(toContainerError({ errorCode: 'PC_1010', errorMessage: { errorMessage: 'rpc failed' } }).message).toBe('rpc failed')
  })

  it.each([undefined, null, '', 0, {}])('makes something usable of %j', (reason) => {
    const error = toContainerError(reason)
    expect(error).toBeInstanceOf(ContainerError)
    expect(error.kind).toBe('native')
    expect(error.message).not.toBe('')
  })

  it('passes its own errors through', () => {
    const own = new ContainerError('timeout', 'timeout', 'late')
    expect(toContainerError(own)).toBe(own)
  })
})
