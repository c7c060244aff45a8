import type { Catalogue } from './entry.ts'
import { same } from './entry.ts'
import { places } from './places.ts'

/** The egress list (dingtalk-server-api §8.5, §10.3). */
export const ip: Catalogue = {
  ...same(['60020', 'Forbidden.AccessDenied.IpNotInWhiteList'], {
    kind: 'ip',
    cause: {
      zh: '本服务器访问钉钉用的公网 IP {ip} 不在应用的服务器出口 IP 列表里。',
      en: 'The public IP {ip} this server reaches DingTalk from is not in the app\'s list of server egress IPs.',
    },
    fix: {
      zh: '把 {ip} 加到「服务器出口IP」并保存。如果出口 IP 会变化，请把所有可能的 IP 都加上。',
      en: 'Add {ip} to 服务器出口IP (server egress IPs) and save. If the egress IP changes, add all of them.',
    },
    where: places.security,
  }),
  71013: {
    kind: 'ip',
    cause: { zh: '这个域名或 IP 不能接收钉钉的事件回调。', en: 'This host or IP cannot receive DingTalk\'s event callbacks.' },
    fix: {
      zh: '回调地址须是公网可访问的；没有公网地址时，请改用 Stream 模式。',
      en: 'The callback address must be reachable from the internet; without one, choose Stream mode.',
    },
    where: places.events,
  },
}
