import { describe, expect, it } from 'vitest'
import { errorFromAnswer } from '../../../src/api/answer.ts'
import { describeError } from '../../../src/components/feedback/describe-error.ts'
import { toContainerError } from '../../../src/container/errors.ts'
import { partOfDay } from '../../../src/pages/workbench/part-of-day.ts'

describe('what is said of a failed request', () => {
  it('is a sentence with a hint for a gateway without our server', () => {
    const { message, help } = describeError(errorFromAnswer(502, '<html>Bad Gateway</html>'))
    expect(message).toBe('服务暂时不可用。')
    expect(help).toContain('重启')
  })

  it('is what our server says when it does', () => {
    const error = errorFromAnswer(503, { error: { code: 'unavailable', message: '正在启动。', help: '等一等。', requestId: 'r' } })
    expect(describeError(error)).toEqual({ message: '正在启动。', help: '等一等。', requestId: 'r' })
  })
})

describe('the client refusing a code with 7', () => {
  it.each(['7', 'PC_7', 7])('means a stranger to the company when it says so (%s)', (errorCode) => {
    expect(toContainerError({ errorCode, errorMessage: '没有权限，当前用户不在该企业中' }).kind).toBe('notMember')
  })

  it('is any lack of permission otherwise', () => {
    expect(toContainerError({ errorCode: '7', errorMessage: '没有权限' }).kind).toBe('native')
  })
})

it.each([
  [0, 'night'],
  [4, 'night'],
  [5, 'morning'],
  [11, 'noon'],
  [13, 'afternoon'],
  [18, 'evening'],
  [23, 'evening'],
] as const)('greets at %i as %s', (hour, part) => {
  expect(partOfDay(hour)).toBe(part)
})
