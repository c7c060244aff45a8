import type { Response } from 'express'
import type { SandboxPlatform } from '../../types.ts'
import type { CallRecord, Device } from '../device-store.ts'

/** Live news for the workbench: notifications and native calls, as server-sent events. */
export interface Feed {
  subscribe: (res: Response) => void
  call: (device: Device, call: CallRecord) => void
  device: (device: Device) => void
  /** The employee read something on one device; their others hear of it. */
  read: (userid: string) => void
  close: () => void
}

export function createFeed(platform: SandboxPlatform): Feed {
  const listeners = new Set<Response>()

  function send(event: string, data: unknown): void {
    for (const res of listeners) res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  const unsubscribe = platform.onMessage((userid, message) => send('message', { userid, message }))
  const heartbeat = setInterval(() => {
    for (const res of listeners) res.write(': still here\n\n')
  }, 25_000)
  heartbeat.unref()

  return {
    subscribe(res) {
      res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write(': hello\n\n')
      listeners.add(res)
      res.on('close', () => listeners.delete(res))
    },
    call: (device, call) => send('call', { host: device.host, call }),
    read: userid => send('message', { userid }),
    device: device => send('device', { host: device.host, userid: device.userid }),
    close() {
      unsubscribe()
      clearInterval(heartbeat)
      listeners.forEach(res => res.end())
    },
  }
}
