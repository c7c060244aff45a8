/** IPv4 in the form allow-lists use; loopback over IPv6 counts as 127.0.0.1. */
export function normaliseIp(address: string | undefined): string {
  if (address === undefined || address === '::1')
    return '127.0.0.1'
  return address.replace(/^::ffff:/, '')
}

/** True when an entry matches, number by number, `*` standing for any (dingtalk-server-api §8.5). */
export function isListed(ip: string, allowList: readonly string[]): boolean {
  const parts = ip.split('.')
  return allowList.some((entry) => {
    const wanted = entry.trim().split('.')
    return wanted.length === parts.length && wanted.every((part, index) => part === '*' || part === parts[index])
  })
}
