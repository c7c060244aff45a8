import type { Socket } from 'node:net'
import { Buffer } from 'node:buffer'
import http from 'node:http'
import https from 'node:https'

/**
 * A connection to `host:port` through an HTTP proxy (CONNECT). Rejects with an Error whose `code` says what went wrong
 * (`PROXY_<status>` when the proxy refused), or with the signal's reason.
 */
export function openTunnel(proxy: URL, host: string, port: number, signal: AbortSignal): Promise<Socket> {
  const target = `${host}:${port}`
  return new Promise((resolve, reject) => {
    const secure = proxy.protocol === 'https:'
    const request = (secure ? https : http).request({
      host: proxy.hostname.replace(/^\[(.+)\]$/, '$1'),
      port: proxy.port || (secure ? 443 : 80),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...authorization(proxy) },
      agent: false,
      signal,
    })
    request.once('connect', (response, socket) => {
      if (response.statusCode === 200) {
        resolve(socket as Socket)
        return
      }
      socket.destroy()
      reject(refused(response.statusCode))
    })
    request.once('response', (response) => {
      response.destroy()
      reject(refused(response.statusCode))
    })
    request.once('error', error => reject(signal.aborted ? signal.reason : error))
    request.end()
  })
}

function authorization(proxy: URL): Record<string, string> {
  if (!proxy.username)
    return {}
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}

function refused(status = 0): Error {
  return Object.assign(new Error(`the proxy answered ${status}`), { code: `PROXY_${status}` })
}
