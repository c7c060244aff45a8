import type { AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'
import { createServer } from 'node:http'
import net from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDial } from '../../../server/dingtalk/events/stream/dial.ts'
import { isExempt } from '../../../server/dingtalk/events/stream/no-proxy.ts'
import { startGateway } from './gateway.ts'
import { run } from './streams.ts'

function signal() {
  const controller = new AbortController()
  onTestFinished(() => controller.abort(new Error('test finished')))
  return controller.signal
}

/** Records what arrives first on each connection. */
async function listener(): Promise<{ port: number, first: Promise<Buffer> }> {
  const server = net.createServer()
  const first = once(server, 'connection').then(async ([socket]: Socket[]) => {
    onTestFinished(() => void socket!.destroy())
    const [data] = await once(socket!, 'data')
    return data as Buffer
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, first }
}

interface Asked {
  target: string
  authorization?: string
}

/** A proxy that leads every tunnel to `port`, or refuses with `status`. */
async function proxy({ port, status = 200 }: { port?: number, status?: number }): Promise<{ url: string, asked: Asked[] }> {
  const asked: Asked[] = []
  const server = createServer()
  server.on('connect', (request, socket) => {
    asked.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] })
    expect(request.headers.authorization).toBeUndefined()
    socket.on('error', () => {})
    if (status !== 200 || !port) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
      return
    }
    const onward = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: `http://user:p%40ss@127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

describe('how streams leave this machine', () => {
  it('goes through the proxy with TLS inside, naming the host', async () => {
    const target = await listener()
    const { url, asked } = await proxy({ port: target.port })
    const dialling = createDial({ httpsProxy: url })(new URL('wss://stream.example.invalid/connect'), signal())
    dialling.catch(() => {})
    const hello = await target.first
    // a TLS handshake record that names the server
    expect(hello[0]).toBe(0x16)
    expect(hello.includes('stream.example.invalid')).toBe(true)
    expect(asked).toEqual([{ target: 'stream.example.invalid:443', authorization: `Basic ${Buffer.from('user:p@ss').toString('base64')}` }])
  })

  it('says which status the proxy refused with', async () => {
    const { url } = await proxy({ status: 407 })
    await expect(createDial({ httpsProxy: url })(new URL('wss://x.example.invalid/'), signal())).rejects.toMatchObject({ code: 'PROXY_407' })
    const { stream, clock } = run({ open: async () => new URL('wss://x.example.invalid/'), dial: createDial({ httpsProxy: url }) })
    await expect.poll(() => stream.state().error?.text).toBe('PROXY_407')
    await clock.advance(0)
  })

  it('goes directly where NO_PROXY says so', async () => {
    const target = await listener()
    const { url, asked } = await proxy({})
    createDial({ httpsProxy: url, noProxy: 'other.example,127.0.0.1' })(new URL(`wss://127.0.0.1:${target.port}/`), signal()).catch(() => {})
    expect((await target.first)[0]).toBe(0x16)
    expect(asked).toEqual([])
  })

  it('uses HTTPS_PROXY for encrypted endpoints only, as the calls do', async () => {
    const { url, asked } = await proxy({})
    const gateway = await startGateway()
    const { connected } = run({ gateway, dial: createDial({ httpsProxy: url }) })
    await connected()
    expect(asked).toEqual([])
  })

  it.each(['ws', 'wss'])('gives up an unfinished %s connection when asked to', async (protocol) => {
    const target = await listener()
    const { url } = await proxy({ port: target.port })
    const stop = new AbortController()
    const dialling = createDial({ httpsProxy: url })(new URL(`${protocol}://127.0.0.1:${protocol === 'ws' ? 1 : 443}/`), stop.signal)
    stop.abort(new Error('stopped'))
    await expect(dialling).rejects.toThrow('stopped')
  })
})

describe('exceptions from the proxy', () => {
  it.each([
    ['', 'a.example', 443, false],
    ['*', 'a.example', 443, true],
    ['*:80', 'a.example', 443, false],
    ['a.example', 'a.example', 443, true],
    ['a.example', 'A.Example', 443, true],
    ['a.example', 'sub.a.example', 443, true],
    ['.a.example', 'sub.a.example', 443, true],
    ['.a.example', 'a.example', 443, true],
    ['*.a.example', 'sub.a.example', 443, true],
    ['*.a.example', 'a.example', 443, false],
    ['a.example', 'ba.example', 443, false],
    ['x.example, a.example', 'a.example', 443, true],
    ['a.example:443', 'a.example', 443, true],
    ['a.example:8443', 'a.example', 443, false],
    ['::1', '[::1]', 443, true],
    ['[::1]:443', '[::1]', 443, true],
    ['[::1]:80', '[::1]', 443, false],
  ])('%j and %s:%i: %s', (noProxy, host, port, exempt) => {
    expect(isExempt(noProxy, host, port)).toBe(exempt)
  })
})
