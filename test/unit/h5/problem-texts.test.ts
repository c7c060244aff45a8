import { describe, expect, it } from 'vitest'
import { sessionRoutes } from '#contract/session.ts'
import enUS from '../../../src/locales/en-US/problems.ts'
import { lookUp } from '../../../src/locales/translate.ts'
import zhCN from '../../../src/locales/zh-CN/problems.ts'

/** Whatever can end a login, by where it comes from. */
const codes = [
  ...sessionRoutes['POST /api/session/dingtalk'].errors,
  ...sessionRoutes['GET /api/session/oauth/start'].errors,
  'member_external',
  'oauth_refused',
  'oauth_state_invalid',
  'internal',
  'unavailable',
  'offline',
  'network',
  'timeout',
  'bad_answer',
  'container_timeout',
  'container_cancelled',
  'container_notInDingTalk',
  'container_unsupported',
  'container_domain',
  'container_corp',
  'container_notMember',
  'container_native',
  'cookies_blocked',
  'login_unfinished',
  'unknown',
]

describe('every way a login can end', () => {
  it.each([...new Set(codes)])('%s is explained in both languages, with what to do', (code) => {
    for (const texts of [zhCN, enUS]) {
      for (const part of ['title', 'text', 'help']) expect(lookUp(texts, `codes.${code}.${part}`), `${code}.${part}`).toMatch(/\S/)
    }
    expect(lookUp(enUS, `codes.${code}.title`)).not.toMatch(/\p{Script=Han}/u)
  })
})
