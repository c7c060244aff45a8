import type { Catalogue } from './entry.ts'
import { same } from './entry.ts'
import { places } from './places.ts'

/** Event subscription (dingtalk-server-api §7.1, §10.8). */
export const callbacks: Catalogue = {
  ...same(['71006', '400041'], {
    kind: 'config',
    cause: { zh: '这个应用已经登记过回调地址。', en: 'A callback address is already registered for this app.' },
    fix: { zh: '在事件订阅里修改原有地址即可，不用重复登记。', en: 'Change the existing address in the event subscription instead of adding one.' },
    where: places.events,
  }),
  ...same(['71007', '400040'], {
    kind: 'config',
    cause: { zh: '回调地址还没有登记，或已被删除。', en: 'The callback address is not registered, or was removed.' },
    fix: { zh: '在事件订阅里填写请求网址并保存。', en: 'Enter the address in the event subscription and save.' },
    where: places.events,
  }),
  ...same(['71008', '71010', '71011', '400050', '400053'], {
    kind: 'config',
    cause: { zh: '事件订阅的设置不完整，或请求网址不合法。', en: 'The event subscription is incomplete, or its address is not allowed.' },
    fix: { zh: '核对请求网址（公网 HTTPS 地址）、加密 aes_key 和签名 token。', en: 'Check the address (public HTTPS), the aes_key and the token.' },
    where: places.events,
  }),
  ...same(['71009', '400052'], {
    kind: 'config',
    cause: {
      zh: '回调地址没有返回正确加密的 success，通常是 aes_key 或 token 两边不一致。',
      en: 'The callback address did not answer with a correctly encrypted "success"; usually aes_key or token differ between the two sides.',
    },
    fix: {
      zh: '让钉钉与本系统填写的 aes_key、token 完全一致，再保存一次。',
      en: 'Make aes_key and token the same in DingTalk and here, then save again.',
    },
    where: places.events,
  }),
  ...same(['71012', '400051', '400054'], {
    kind: 'config',
    cause: { zh: '钉钉访问不到回调地址，或等待超时。', en: 'DingTalk cannot reach the callback address, or it answered too late.' },
    fix: {
      zh: '确认该地址能从公网访问且没有跳转；做不到时，请改用 Stream 模式。',
      en: 'Make sure that the address can be reached from the internet without redirects; otherwise choose Stream mode.',
    },
    where: places.events,
  }),
  ...same(['900001', '900002', '900003', '900004', '900005', '900006', '900007', '900008', '900009', '900010'], {
    kind: 'config',
    cause: {
      zh: '收到的事件无法验签或解密：aes_key、token 或 Client ID 与钉钉里的设置不一致。',
      en: 'A received event could not be verified or decrypted: aes_key, token or Client ID differ from DingTalk\'s settings.',
    },
    fix: {
      zh: '从事件订阅页重新复制 aes_key 和 token，并核对 Client ID。',
      en: 'Copy aes_key and token again from the event subscription and check the Client ID.',
    },
    where: places.events,
  }),
}
