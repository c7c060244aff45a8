import { spawn } from 'node:child_process'
import process from 'node:process'

/** `npm run dev`: the demo's servers, and Vite's development server in front of them. */
const children = [
  spawn(process.execPath, ['scripts/demo.ts'], { stdio: 'inherit' }),
  spawn('vite', [], { stdio: 'inherit', shell: process.platform === 'win32' }),
]
const stop = () => children.forEach(child => child.kill('SIGTERM'))
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
children.forEach(child => child.once('exit', stop))
