import type { Request, Response } from 'express'

const heartbeatMs = 15_000

/** Opens a server-sent event stream; comments every 15 s keep proxies from closing it. */
export function openStream(req: Request, res: Response): { send: (event: unknown) => void, end: () => void } {
  res.status(200).set({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  res.flushHeaders()
  const heartbeat = setInterval(() => res.write(': still here\n\n'), heartbeatMs)
  const stop = () => clearInterval(heartbeat)
  req.once('close', stop)
  return {
    send: event => void res.write(`data: ${JSON.stringify(event)}\n\n`),
    end: () => {
      stop()
      // Tells EventSource that this is the end, not a lost connection to be opened again.
      res.write('event: end\ndata: {}\n\n')
      res.end()
    },
  }
}
