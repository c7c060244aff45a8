import type { AddressInfo } from 'node:net'
import dns from 'node:dns'
import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createDispatcher } from '../../../server/dingtalk/index.ts'
import { createTransport } from '../../../server/dingtalk/transport/transport.ts'

/** A server that answers everything, and as a proxy refuses every tunnel. */
async function listening(host: string, onConnect?: (target: string) => void): Promise<number> {
  const server = createServer((_req, res) => res.end('{}'))
  server.on('connect', (req, socket) => {
    onConnect?.(req.url ?? '')
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  onTestFinished(() => void server.close())
  return new Promise((resolve) => {
    server.listen(0, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function get(url: string, options = {}) {
  const dispatcher = createDispatcher(options)
  onTestFinished(() => dispatcher.destroy())
  return createTransport(dispatcher)({ api: '/x', url: new URL(url), method: 'GET', timeoutMs: 3000 })
}

describe('how calls leave this machine', () => {
  it('goes through the proxy', async () => {
    const targets: string[] = []
    const port = await listening('127.0.0.1', target => targets.push(target))
    await expect(get('https://api.example.invalid/x', { httpsProxy: `http://127.0.0.1:${port}` })).rejects.toMatchObject({ reason: 'network' })
    expect(targets).toEqual(['api.example.invalid:443'])
  })

  it('respects the exceptions from the proxy', async () => {
    const targets: string[] = []
    const port = await listening('127.0.0.1', target => targets.push(target))
    await expect(get('https://api.example.invalid/x', { httpsProxy: `http://127.0.0.1:${port}`, noProxy: 'example.invalid' })).rejects.toMatchObject({
      reason: 'network',
      outcome: 'rejected',
    })
    expect(targets).toEqual([])
  })

  it('asks for IPv4 addresses only, because DingTalk knows our IPv4 egress', async () => {
    const lookup = vi.spyOn(dns, 'lookup')
    onTestFinished(() => lookup.mockRestore())
    const port = await listening('127.0.0.1')
    await expect(get(`http://localhost:${port}/x`)).resolves.toMatchObject({ status: 200 })
    const asked = lookup.mock.calls.filter(([host]) => host === 'localhost').map(([, options]) => options)
    expect(asked).toEqual([expect.objectContaining({ family: 4 })])
  })
})
