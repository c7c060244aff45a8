/**
 * Whether NO_PROXY exempts the host. The rules are those of undici's EnvHttpProxyAgent, which decides for the HTTP
 * calls: a name covers itself and everything below, `*.name` only what is below, `*` everything; `:port` narrows.
 */
export function isExempt(noProxy: string, host: string, port: number): boolean {
  const name = bare(host).toLowerCase()
  return noProxy
    .split(/[,\s]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, pattern = '', onlyPort] = /^(\[.+\]|[^:]+):(\d+)$/.exec(entry) ?? [undefined, entry]
      if (onlyPort && Number(onlyPort) !== port)
        return false
      const wanted = bare(pattern).toLowerCase()
      if (wanted === '*')
        return true
      const suffix = wanted.replace(/^\*?\./, '').replace(/\.$/, '')
      return name.endsWith(`.${suffix}`) || (name === suffix && !wanted.startsWith('*'))
    })
}

/** Without the brackets of an IPv6 address. */
function bare(host: string): string {
  return host.replace(/^\[(.+)\]$/, '$1')
}
