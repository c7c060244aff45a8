import type { Draft } from '../../../src/stores/outbox/types.ts'
import { beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { useDraft } from '../../../src/pages/records/drafts/use-draft.ts'

const world = vi.hoisted(() => ({ leave: async () => {}, answer: false, asked: 0, kept: new Map<string, unknown>() }))
vi.mock('vue-router', () => ({ onBeforeRouteLeave: (guard: () => Promise<void>) => (world.leave = guard), onBeforeRouteUpdate: () => {} }))
vi.mock('../../../src/components/dialog/index.ts', () => ({
  ask: async () => {
    world.asked++
    return world.answer
  },
}))
vi.mock('../../../src/locales/index.ts', () => ({ t: (key: string) => key }))
vi.mock('../../../src/pages/records/warm-forms.ts', () => ({ warmForms: async () => {} }))
vi.mock('../../../src/stores/outbox/index.ts', () => ({
  useOutbox: () => ({
    keep: async (draft: Draft) => world.kept.set(draft.key, draft),
    drop: (key: string) => world.kept.delete(key),
    find: (key: string) => world.kept.get(key),
  }),
}))
vi.stubGlobal('document', { addEventListener: () => {}, removeEventListener: () => {}, hidden: false })
vi.stubGlobal('window', { addEventListener: () => {}, removeEventListener: () => {} })

const waiting = { key: 'k', state: 'waiting', values: { phone: '1' } } as unknown as Draft

/** A form opened with a draft or without; what is typed in it is kept after a pause. */
function open(draft: Draft | undefined, asks = true) {
  const opened = String(draft?.values.phone ?? '')
  const phone = shallowRef(opened)
  const scope = effectScope()
  scope.run(() => useDraft({
    key: 'k',
    draft,
    dirty: () => phone.value !== opened,
    empty: () => phone.value === 'as the server has it',
    compose: () => ({ ...waiting, state: 'writing', values: { phone: phone.value } }),
    values: () => phone.value,
    asks,
  }))
  async function type(text: string) {
    phone.value = text
    await nextTick()
    vi.advanceTimersByTime(1000)
  }
  async function leave() {
    await world.leave()
    scope.stop()
  }
  return { type, leave }
}

beforeEach(() => {
  vi.useFakeTimers()
  world.asked = 0
  world.answer = false
  world.kept = new Map([['k', waiting]])
})

it.each([true, false])('leaves a draft that waits in the queue when nothing is typed (asks: %s)', async (asks) => {
  await open(waiting, asks).leave()
  expect(world.kept.get('k')).toBe(waiting)
  expect(world.asked).toBe(0)
})

it('puts it back when what was typed is typed back', async () => {
  const form = open(waiting)
  await form.type('12')
  expect(world.kept.get('k')).toMatchObject({ state: 'writing', values: { phone: '12' } })
  await form.type('1')
  expect(world.kept.get('k')).toBe(waiting)
  await form.leave()
  expect(world.asked).toBe(0)
})

it('keeps what was typed when the question is turned away from', async () => {
  const form = open(waiting)
  await form.type('12')
  await form.leave()
  expect(world.asked).toBe(1)
  expect(world.kept.get('k')).toMatchObject({ state: 'writing', values: { phone: '12' } })
})

it('discards only on an explicit yes: a draft is as it was opened, what is new is gone', async () => {
  world.answer = true
  const form = open(waiting)
  await form.type('12')
  await form.leave()
  expect(world.kept.get('k')).toBe(waiting)
  world.kept.clear()
  const fresh = open(undefined)
  await fresh.type('12')
  expect(world.kept.size).toBe(1)
  await fresh.leave()
  expect(world.kept.size).toBe(0)
})

it('lets a change go that was typed back to what the server has', async () => {
  const form = open(waiting)
  await form.type('as the server has it')
  await form.leave()
  expect(world.asked).toBe(0)
  expect(world.kept.size).toBe(0)
})
