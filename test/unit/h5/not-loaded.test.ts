// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { notLoaded, onNotLoaded } from '../../../src/router/not-loaded.ts'
import { fakeStorage } from './fake-session.ts'

beforeEach(() => {
  vi.stubGlobal('sessionStorage', fakeStorage())
  notLoaded.value = null
})

it('keeps the app while the server is out of reach', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => {
      throw new TypeError('Failed to fetch')
    }),
  )
  const reload = vi.fn()
  await onNotLoaded('/mine', reload)
  await onNotLoaded('/mine', reload)
  expect(reload).not.toHaveBeenCalled()
  expect(notLoaded.value).toEqual({ to: '/mine', reason: 'unreachable' })
})

it('does not reload into a gateway\'s error page', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(null, { status: 502 })),
  )
  const reload = vi.fn()
  await onNotLoaded('/mine', reload)
  expect(reload).not.toHaveBeenCalled()
})

it('fetches a newer build once the server has answered, and says so when that did not help', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(null, { status: 200 })),
  )
  const reload = vi.fn()
  await onNotLoaded('/mine', reload)
  expect(reload).toHaveBeenCalledExactlyOnceWith('/mine')
  await onNotLoaded('/mine', reload)
  expect(reload).toHaveBeenCalledTimes(1)
  expect(notLoaded.value).toEqual({ to: '/mine', reason: 'broken' })
})
