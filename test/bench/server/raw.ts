import { createServer } from 'node:http'
import process from 'node:process'

/**
 * The yardstick, a process of its own: Node's HTTP server answering a small JSON text after reading the body.
 * `/cpu` answers the seconds of CPU this process has used.
 */
const answer = JSON.stringify({ kind: 'account', account: { id: '0', name: '张三', role: 'member' } })
const server = createServer((req, res) => {
  req.resume().once('end', () => {
    res.setHeader('content-type', 'application/json')
    const { user, system } = process.cpuUsage()
    res.end(req.url === '/cpu' ? String((user + system) / 1e6) : answer)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address !== 'string')
    process.send?.(`http://127.0.0.1:${address.port}`)
})
process.once('disconnect', () => process.exit())
