import type { Catalogue } from './entry.ts'
import { same } from './entry.ts'
import { places } from './places.ts'

/** The app's credentials and its token (dingtalk-server-api §10.1). */
export const token: Catalogue = {
  ...same(['40014', '42001', 'InvalidAuthentication'], {
    kind: 'token',
    cause: {
      zh: '钉钉不接受当前的应用访问凭证 (access_token)：已过期，或者属于另一个应用。',
      en: 'DingTalk does not accept the app\'s access token: it has expired or belongs to another app.',
    },
    fix: {
      zh: '系统已自动换取新凭证并重试过一次。若仍出现，请核对 Client ID 和 Client Secret 是否来自同一个应用。',
      en: 'A new token was fetched and the call repeated once. If this stays, check that Client ID and Client Secret come from the same app.',
    },
    where: places.credentials,
  }),
  '40001': {
    kind: 'token',
    cause: { zh: 'Client Secret（应用密钥）不正确，或访问凭证已失效。', en: 'The Client Secret is wrong, or the access token is no longer valid.' },
    fix: {
      zh: '重新复制 Client Secret 并保存；在钉钉重置过密钥后，旧密钥不能再用。',
      en: 'Copy the Client Secret again and save it; once it was reset in DingTalk, the old one stops working.',
    },
    where: places.credentials,
  },
  ...same(['40096', 'invalidClientIdOrSecret', 'invalid.client'], {
    kind: 'token',
    cause: { zh: 'Client ID 或 Client Secret 不正确。', en: 'The Client ID or the Client Secret is wrong.' },
    fix: {
      zh: '从钉钉应用详情页重新复制 Client ID（原 AppKey）和 Client Secret（原 AppSecret），注意首尾不要带空格，两者要来自同一个应用。',
      en: 'Copy Client ID (formerly AppKey) and Client Secret (formerly AppSecret) again from the app\'s page, without spaces at either end, both from the same app.',
    },
    where: places.credentials,
  }),
  '40089': {
    kind: 'token',
    cause: { zh: '企业 ID 与密钥不匹配。', en: 'The CorpId and the secret do not belong together.' },
    fix: {
      zh: '核对 CorpId、Client ID 和 Client Secret，三者须属于同一家企业的同一个应用。',
      en: 'Check CorpId, Client ID and Client Secret: all three must belong to the same company and app.',
    },
    where: places.credentials,
  },
  '33001': {
    kind: 'config',
    cause: {
      zh: '企业 ID (CorpId) 无效，或访问凭证属于另一家企业。',
      en: 'The CorpId is not valid, or the access token belongs to another company.',
    },
    fix: {
      zh: '核对 CorpId（以 ding 开头），并确认应用是在这家企业里创建的。',
      en: 'Check the CorpId (it starts with "ding") and that the app was created in that company.',
    },
    where: places.corpId,
  },
  'unauthorized.client': {
    kind: 'config',
    cause: { zh: '该应用没有在这家企业开通。', en: 'The app is not authorized in this company.' },
    fix: {
      zh: '确认 CorpId 是创建该应用的企业，并且应用已发布、未停用。',
      en: 'Make sure the CorpId is that of the company that created the app, and that the app is released and not stopped.',
    },
    where: places.corpId,
  },
  '48004': {
    kind: 'config',
    cause: { zh: '应用与企业之间的授权关系已失效。', en: 'The authorization between app and company is no longer valid.' },
    fix: { zh: '在管理后台重新启用该应用。', en: 'Enable the app again in the admin console.' },
    where: places.adminConsole,
  },
  '88': {
    kind: 'unknown',
    cause: {
      zh: '钉钉网关拒绝了请求，但没有说明原因，通常是接口超时。',
      en: 'DingTalk\'s gateway refused the call without naming a reason; usually the API timed out.',
    },
    fix: {
      zh: '稍后重试；若持续出现，请把请求编号提供给钉钉技术支持。',
      en: 'Try again later; if it stays, give the request id to DingTalk\'s support.',
    },
  },
  ...same(['41001', '40000', '43007', 'AuthenticationFailed.MissingParameter'], {
    kind: 'format',
    cause: {
      zh: '请求没有带上访问凭证，可能是中间的代理或网关改写了地址或请求头。',
      en: 'The call arrived without its access token; a proxy or gateway on the way may have changed the address or the headers.',
    },
    fix: {
      zh: '检查服务器访问钉钉所经过的代理：须原样转发查询参数和请求头。',
      en: 'Check the proxy between this server and DingTalk: it must pass on query and headers unchanged.',
    },
  }),
  ...same(['accesstoken.expired', 'invalidToken'], {
    kind: 'code',
    cause: { zh: '登录用的个人访问凭证已过期。', en: 'The personal access token of this login has expired.' },
    fix: { zh: '请重新登录。', en: 'Please log in again.' },
  }),
  'unsupported.grant.type': {
    kind: 'format',
    cause: { zh: '换取凭证时使用了钉钉不支持的授权方式。', en: 'A token was requested with a grant type that DingTalk does not know.' },
    fix: {
      zh: '请确认接口地址指向真实的钉钉开放平台，并把请求编号提供给系统维护人员。',
      en: 'Check that the API addresses point to the real DingTalk platform, and give the request id to whoever maintains this system.',
    },
  },
}
