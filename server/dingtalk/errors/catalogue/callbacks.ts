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
  ...same(['900005', '900006'], {
    kind: 'config',
    cause: {
      zh: '收到的推送签名不对：签名 token 与钉钉里的设置不一致，或者推送不是钉钉发来的。',
      en: 'The signature of a push did not match: the token differs from DingTalk\'s settings, or the push was not from DingTalk.',
    },
    fix: {
      zh: '收不到事件时，让事件订阅页和本系统同步设置里的签名 token 完全一致，再在事件订阅页保存一次。事件照常到达时不用处理：冒充的推送已被拒绝。',
      en: 'If no events arrive, make the token the same in the event subscription and in the sync settings here, then save the subscription again. If they do arrive, nothing need be done: what posed as DingTalk was refused.',
    },
    where: places.events,
  }),
  ...same(['900004', '900007', '900008', '900009'], {
    kind: 'config',
    cause: {
      zh: '收到的推送解不开：加密 aes_key 与钉钉里的设置不一致。',
      en: 'A push could not be decrypted: the aes_key differs from DingTalk\'s settings.',
    },
    fix: {
      zh: '让事件订阅页和本系统同步设置里的加密 aes_key（43 位字母和数字）完全一致，再在事件订阅页保存一次。',
      en: 'Make the aes_key (43 letters and digits) the same in the event subscription and in the sync settings here, then save the subscription again.',
    },
    where: places.events,
  }),
  900010: {
    kind: 'config',
    cause: {
      zh: '收到的推送是给另一个应用的：其中的 Client ID 不是本系统填写的。',
      en: 'A push was meant for another app: its Client ID is not the one entered here.',
    },
    fix: {
      zh: '在填写了本系统 Client ID 的那个应用里设置事件订阅，并从别的应用里去掉本系统的地址。',
      en: 'Set up the event subscription in the app whose Client ID is entered here, and remove our address from the other app.',
    },
    where: places.events,
  },
  900002: {
    kind: 'config',
    cause: {
      zh: '收到的推送没有时间，或与服务器时间相差超过十分钟。',
      en: 'A push had no time, or one more than ten minutes from this server\'s clock.',
    },
    fix: {
      zh: '校准服务器时间 (NTP)；再确认反向代理没有去掉网址里的参数。',
      en: 'Set the server\'s clock (NTP), and make sure that the reverse proxy does not drop the address\'s parameters.',
    },
    where: places.events,
  },
  ...same(['900001', '900003'], {
    kind: 'config',
    cause: {
      zh: '收到的推送不完整：缺少加密内容或随机串。',
      en: 'A push was incomplete: the encrypted text or the nonce is missing.',
    },
    fix: {
      zh: '确认反向代理原样转发 /dingtalk/events 的参数和正文；请求网址要和事件订阅页里的一致。',
      en: 'Make sure that the reverse proxy passes parameters and body of /dingtalk/events on unchanged, and that the address is the one in the event subscription.',
    },
    where: places.events,
  }),
}
