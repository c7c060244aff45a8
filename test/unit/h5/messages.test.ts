import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { useMessages } from '../../../src/stores/messages/index.ts'

const server = vi.hoisted(() => ({ answers: true, asked: 0, listeners: [] as { onEvent: (count: object) => void, onLost: () => void }[] }))
const count = (unread: number) => ({ unread, byCategory: {} })
vi.mock('../../../src/api/index.ts', () => ({
  request: async () => {
    server.asked++
    if (!server.answers)
      throw new Error('gone')
    return count(1)
  },
  follow: (_: string, __: object, listener: never) => {
    server.listeners.push(listener)
    return () => {}
  },
}))
vi.mock('../../../src/locales/index.ts', () => ({ useTexts: () => ({ locale: ref('zh-CN') }) }))
vi.mock('../../../src/stores/session/index.ts', () => ({ useSession: () => ({ account: { id: 'zhang' } }) }))
vi.mock('../../../src/support/idle.ts', () => ({ whenIdle: (work: () => void) => work() }))

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('listens again after a bad answer, ever more rarely where the stream says nothing', async () => {
  vi.stubGlobal('document', { hidden: false, addEventListener: () => {} })
  setActivePinia(createPinia())
  const messages = useMessages()
  messages.start()
  await vi.advanceTimersByTimeAsync(0)
  const { listeners } = server
  expect([server.asked, listeners.length]).toEqual([1, 1])

  // While nothing answers it is only asked for.
  server.answers = false
  listeners[0]!.onLost()
  await vi.advanceTimersByTimeAsync(120_000)
  expect([server.asked, listeners.length]).toEqual([3, 1])
  server.answers = true
  await vi.advanceTimersByTimeAsync(60_000)
  expect([server.asked, listeners.length]).toEqual([4, 2])

  // A proxy that cuts every stream: two questions before the next try.
  listeners[1]!.onLost()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([server.asked, listeners.length]).toEqual([5, 2])
  await vi.advanceTimersByTimeAsync(60_000)
  expect([server.asked, listeners.length]).toEqual([6, 3])

  listeners[2]!.onEvent(count(7))
  expect(messages.unread).toBe(7)
  listeners[2]!.onLost()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([server.asked, listeners.length]).toEqual([7, 4])
})
