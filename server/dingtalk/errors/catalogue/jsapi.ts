import type { Catalogue } from './entry.ts'
import { same } from './entry.ts'
import { places } from './places.ts'

/** dd.config and the pages of the app (dingtalk-server-api §6, §8.6). */
export const jsapi: Catalogue = {
  52010: {
    kind: 'config',
    cause: { zh: '页面鉴权用的 CorpId 无效。', en: 'The CorpId used to authorize the page is not valid.' },
    fix: { zh: '核对设置里的 CorpId。', en: 'Check the CorpId in the settings.' },
    where: places.corpId,
  },
  52011: {
    kind: 'config',
    cause: { zh: '页面鉴权票据读取失败：票据过期，或属于另一家企业。', en: 'The page\'s ticket could not be read: expired, or of another company.' },
    fix: {
      zh: '重新打开页面；若仍出现，请核对 CorpId 与 Client ID 是否属于同一家企业。',
      en: 'Open the page again; if it stays, check that CorpId and Client ID belong to the same company.',
    },
    where: places.credentials,
  },
  /** Ours: the client refused the page without a code of DingTalk's list. */
  jsapi_refused: {
    kind: 'config',
    cause: { zh: '钉钉客户端没有接受页面签名。', en: 'DingTalk\'s client did not accept the page\'s signature.' },
    fix: {
      zh: '核对 AgentId 和 CorpId，并确认 PUBLIC_URL 与实际访问地址一致；然后从工作台重新打开应用。',
      en: 'Check AgentId and CorpId, and make sure that PUBLIC_URL is the address people really use; then open the app again from the workbench.',
    },
    where: places.credentials,
  },
  ...same(['52012', '52013', '52014', '52015', '52016', '52017', '52018'], {
    kind: 'config',
    cause: {
      zh: '页面鉴权签名没有通过，通常是签名用的地址与浏览器里的地址不一致。',
      en: 'The page\'s signature was refused; usually the signed address differs from the one in the browser.',
    },
    fix: {
      zh: '确认 PUBLIC_URL 与实际访问地址一致（协议、域名、端口、路径），反向代理没有改写地址。',
      en: 'Make sure that PUBLIC_URL is the address people really use (scheme, host, port, path) and that no reverse proxy rewrites it.',
    },
    where: places.webApp,
  }),
  52026: {
    kind: 'config',
    cause: { zh: '页面域名不在应用的安全域名里。', en: 'The page\'s domain is not among the app\'s secure domains.' },
    fix: { zh: '让首页地址、重定向 URL 与实际访问的域名一致。', en: 'Make homepage address and redirect URL match the domain people really use.' },
    where: places.security,
  },
  80001: {
    kind: 'config',
    cause: { zh: '域名没有备案。', en: 'The domain has no ICP filing.' },
    fix: { zh: '完成域名备案，或换用已备案的域名。', en: 'Complete the filing, or use a domain that has one.' },
    where: places.webApp,
  },
  ...same(['33005', '33006', '33007'], {
    kind: 'config',
    cause: { zh: '应用首页地址不符合要求。', en: 'The app\'s homepage address does not follow the rules.' },
    fix: {
      zh: '首页地址须以 http:// 或 https:// 开头，移动端与 PC 端首页使用同一个域名。',
      en: 'It must start with http:// or https://, and phone and PC homepages must share one domain.',
    },
    where: places.webApp,
  }),
  ...same(['PC_1002', 'PC_1003', 'PC_1010', 'PC_1012', 'PC_1013'], {
    kind: 'unavailable',
    cause: { zh: '钉钉桌面端没能完成这个操作。', en: 'DingTalk\'s desktop client could not do this.' },
    fix: { zh: '重新打开页面；若仍出现，请更新钉钉桌面端。', en: 'Open the page again; if it stays, update the desktop client.' },
  }),
  ...same(['PC_1004', 'PC_1005', 'PC_1006', 'PC_1007', 'PC_1008', 'PC_1009'], {
    kind: 'config',
    cause: {
      zh: '钉钉桌面端没有给这个页面授权：企业、人员或地址不匹配。',
      en: 'DingTalk\'s desktop client did not authorize the page: company, person or address do not match.',
    },
    fix: {
      zh: '从工作台重新打开应用；若仍出现，请核对 CorpId 和 PC 端首页地址。',
      en: 'Open the app again from the workbench; if it stays, check the CorpId and the PC homepage address.',
    },
    where: places.webApp,
  }),
  PC_1011: {
    kind: 'unknown',
    cause: { zh: '操作已取消。', en: 'The action was cancelled.' },
    fix: { zh: '需要时再操作一次即可。', en: 'Do it again whenever you like.' },
  },
}
