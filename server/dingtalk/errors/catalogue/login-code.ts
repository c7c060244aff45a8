import type { Catalogue } from './entry.ts'
import { same } from './entry.ts'

const again = { zh: '请重新打开应用，或点击「重新登录」换取新的登录码。', en: 'Open the app again, or tap "log in again", to get a new login code.' }

/** One-time login codes (dingtalk-server-api §2.3, §10.4). */
export const loginCode: Catalogue = {
  ...same(['40078', '40029', '42003', '42007', '42008', '40102', 'invalidParameter.authCode.notFound', 'invalidCode'], {
    kind: 'code',
    cause: {
      zh: '登录码无效：已经用过、超过 5 分钟，或者属于另一种登录方式。',
      en: 'The login code is not valid: already used, older than five minutes, or made for the other way of logging in.',
    },
    fix: again,
  }),
  ...same(['41026', '41007'], {
    kind: 'code',
    cause: { zh: '登录请求里没有可用的登录码。', en: 'The login request carried no usable code.' },
    fix: again,
  }),
  ...same(['40091', '40087'], {
    kind: 'code',
    cause: { zh: '钉钉没能生成授权码。', en: 'DingTalk could not create the authorization code.' },
    fix: {
      zh: '稍后重新登录；若持续出现，请检查应用是否已发布并启用。',
      en: 'Log in again a little later; if it stays, check that the app is released and enabled.',
    },
  }),
  'invalidParameter.user.notFound': {
    kind: 'notFound',
    cause: { zh: '钉钉找不到登录的这个人。', en: 'DingTalk cannot find the person who is logging in.' },
    fix: {
      zh: '请确认登录的是本企业的钉钉账号，然后重新登录。',
      en: 'Make sure that the DingTalk account belongs to this company, then log in again.',
    },
  },
}
