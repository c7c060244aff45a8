import type { SyncChange } from '#contract/sync/index.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { effectScope } from 'vue'
import { mostSelected, useSelection } from '../../../src/pages/admin/sync/run/use-selection.ts'

function change(n: number, kind: SyncChange['kind'] = 'account.create'): SyncChange {
  return {
    id: String(n),
    kind,
    target: { type: 'account', id: null, name: `n${n}` },
    userid: null,
    before: null,
    after: {},
    reason: '',
    status: 'planned',
    records: null,
  }
}

let stop = () => {}
afterEach(() => stop())

function selectionOf(selectable = (found: SyncChange) => found.kind !== 'conflict') {
  const scope = effectScope()
  stop = () => scope.stop()
  return scope.run(() => useSelection(selectable))!
}

/** Pages of `size` rows out of so many changes; every tenth is a conflict. */
function pages(total: number, size: number) {
  return async (cursor: string | undefined) => {
    const from = Number(cursor ?? 0)
    const to = Math.min(total, from + size)
    const items = Array.from({ length: to - from }, (_, n) => change(from + n, (from + n) % 10 === 9 ? 'conflict' : 'account.create'))
    return { items, nextCursor: to < total ? String(to) : null, total }
  }
}

describe('the selection of changes', () => {
  it('counts by kind, most first, and forgets what is chosen twice', () => {
    const selection = selectionOf()
    ;[change(1, 'account.disable'), change(2), change(3), change(4), change(4)].forEach(selection.toggle)
    expect(selection.numbers.value).toEqual([
      ['account.create', 2],
      ['account.disable', 1],
    ])
    selection.clear()
    expect(selection.chosen.value.size).toBe(0)
  })

  it('never takes what cannot be approved', async () => {
    const selection = selectionOf()
    selection.toggle(change(1, 'conflict'))
    expect(selection.chosen.value.size).toBe(0)
    expect(await selection.addAll(pages(250, 100))).toBe(true)
    expect(selection.chosen.value.size).toBe(225)
    expect(selection.collecting.value).toBeNull()
  })

  it('says when there are more than one request may name, and keeps what fits', async () => {
    const selection = selectionOf(() => true)
    expect(await selection.addAll(pages(mostSelected + 100, 10_000))).toBe(false)
    expect(selection.chosen.value.size).toBe(mostSelected)
  })

  it('chooses nothing once it was cleared meanwhile', async () => {
    const selection = selectionOf()
    const adding = selection.addAll(async (cursor) => {
      selection.clear()
      return pages(10, 10)(cursor)
    })
    await adding
    expect(selection.chosen.value.size).toBe(0)
    expect(selection.collecting.value).toBeNull()
  })

  it('keeps what was chosen before when a page cannot be had, and says so', async () => {
    const selection = selectionOf()
    selection.toggle(change(1000))
    await expect(
      selection.addAll(async () => {
        throw new Error('gone')
      }),
    ).rejects.toThrow('gone')
    expect([...selection.chosen.value.keys()]).toEqual(['1000'])
  })
})
