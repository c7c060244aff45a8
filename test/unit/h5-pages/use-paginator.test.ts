import type { Page, UsePaginatorReturn } from '../../../src/components/record-list/use-paginator.ts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { usePaginator } from '../../../src/components/record-list/use-paginator.ts'

interface Row {
  id: number
}
interface Asked {
  query: string
  cursor: string | undefined
  signal: AbortSignal
  answer: (ids: number[], nextCursor?: string | null) => Promise<void>
  fail: (reason: Error) => Promise<void>
}

/** A paginator whose every request waits for the test to answer it. */
function harness() {
  const keyword = ref('')
  const asked: Asked[] = []
  const scope = effectScope()
  const pager = scope.run(() =>
    usePaginator<Row, string>({
      query: () => keyword.value,
      load: (query, cursor, signal) =>
        new Promise<Page<Row>>((resolve, reject) => {
          asked.push({
            query,
            cursor,
            signal,
            answer: (ids, nextCursor = null) => settle(() => resolve({ items: ids.map(id => ({ id })), nextCursor, total: 100 })),
            fail: reason => settle(() => reject(reason)),
          })
        }),
      key: row => String(row.id),
    }),
  ) as UsePaginatorReturn<Row>
  const ids = () => pager.items.value.map(row => row.id)
  return { keyword, asked, scope, pager, ids }
}

async function settle(act: () => void) {
  act()
  await nextTick()
  await nextTick()
}

describe('usePaginator', () => {
  it('loads the first page by itself and says when more is there', async () => {
    const { pager, asked, ids } = harness()
    expect(pager.state.value).toBe('loading')
    expect(pager.total.value).toBeNull()
    await asked[0]?.answer([1, 2], 'b')
    expect(pager.state.value).toBe('idle')
    expect(ids()).toEqual([1, 2])
    expect(pager.total.value).toBe(100)
  })

  it('appends pages until the last, without showing a row twice', async () => {
    const { pager, asked, ids } = harness()
    await asked[0]?.answer([1, 2], 'b')
    void pager.loadMore()
    expect(asked[1]?.cursor).toBe('b')
    await asked[1]?.answer([2, 3])
    expect(ids()).toEqual([1, 2, 3])
    expect(pager.state.value).toBe('done')
    await pager.loadMore()
    expect(asked).toHaveLength(2)
  })

  it('asks for one page at a time, however often the end is reached', async () => {
    const { pager, asked } = harness()
    await asked[0]?.answer([1], 'b')
    void pager.loadMore()
    void pager.loadMore()
    expect(asked).toHaveLength(2)
  })

  it('keeps the rows while refreshing, and starts again from the first page', async () => {
    const { pager, asked, ids } = harness()
    await asked[0]?.answer([1, 2], 'b')
    void pager.refresh()
    expect(pager.state.value).toBe('refreshing')
    expect(ids()).toEqual([1, 2])
    expect(asked[1]?.cursor).toBeUndefined()
    await asked[1]?.answer([9])
    expect(ids()).toEqual([9])
  })

  it('drops the answer to an outdated query, even when it comes last', async () => {
    const { keyword, pager, asked, ids } = harness()
    keyword.value = 'new'
    await nextTick()
    expect(asked[0]?.signal.aborted).toBe(true)
    expect(asked[1]?.query).toBe('new')
    await asked[1]?.answer([7])
    await asked[0]?.answer([1, 2, 3])
    expect(ids()).toEqual([7])
    expect(pager.state.value).toBe('done')
  })

  it('drops the failure of an outdated query', async () => {
    const { keyword, pager, asked } = harness()
    keyword.value = 'new'
    await nextTick()
    await asked[1]?.answer([7])
    await asked[0]?.fail(new Error('late'))
    expect(pager.state.value).toBe('done')
    expect(pager.error.value).toBeNull()
  })

  it('keeps what is there when a later page fails, and tries that page again', async () => {
    const { pager, asked, ids } = harness()
    await asked[0]?.answer([1], 'b')
    void pager.loadMore()
    await asked[1]?.fail(new Error('offline'))
    expect(pager.state.value).toBe('error')
    expect(ids()).toEqual([1])
    void pager.loadMore()
    expect(pager.error.value).toBeNull()
    expect(asked[2]?.cursor).toBe('b')
    await asked[2]?.answer([2])
    expect(ids()).toEqual([1, 2])
  })

  it('tries the first page again after it failed', async () => {
    const { pager, asked, ids } = harness()
    await asked[0]?.fail(new Error('offline'))
    expect(pager.total.value).toBeNull()
    void pager.loadMore()
    await asked[1]?.answer([1])
    expect(ids()).toEqual([1])
  })

  it('replaces an edited row in its place and ignores rows it does not have', async () => {
    const { pager, asked } = harness()
    await asked[0]?.answer([1, 2, 3])
    const edited = { id: 2, name: 'new' }
    pager.replace(edited)
    pager.replace({ id: 99 })
    expect(pager.items.value).toEqual([{ id: 1 }, edited, { id: 3 }])
  })

  it('cancels what is under way when the page goes away', async () => {
    const { scope, asked, ids } = harness()
    scope.stop()
    expect(asked[0]?.signal.aborted).toBe(true)
    await asked[0]?.answer([1])
    expect(ids()).toEqual([])
  })
})

describe('rows looked at again', () => {
  afterEach(() => vi.useRealTimers())

  it('are asked for anew after a minute, all pages of them, and swapped at once', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { asked, pager, ids, scope } = harness()
    await asked[0]!.answer([1, 2], 'a')
    void pager.loadMore()
    await asked[1]!.answer([3, 4], 'b')
    await pager.renew()
    expect(asked).toHaveLength(2)

    vi.setSystemTime(Date.now() + 60_000)
    const renewed = pager.renew()
    expect(pager.state.value).toBe('idle')
    await asked[2]!.answer([9, 1], 'a')
    expect(ids()).toEqual([1, 2, 3, 4])
    await asked[3]!.answer([2, 3], 'b')
    await renewed
    expect(asked[3]!.cursor).toBe('a')
    expect(ids()).toEqual([9, 1, 2, 3])
    scope.stop()
  })

  it('are asked for at once by whoever knows that they have changed', async () => {
    const { asked, pager, ids, scope } = harness()
    await asked[0]!.answer([1, 2], 'a')
    void pager.loadMore()
    await asked[1]!.answer([3])
    const renewed = pager.renew(0)
    await asked[2]!.answer([9, 2], 'a')
    await asked[3]!.answer([3])
    await renewed
    expect(ids()).toEqual([9, 2, 3])
    scope.stop()
  })

  it('are asked for after the page that is on its way, whose rows stay with them', async () => {
    const { asked, pager, ids, scope } = harness()
    await asked[0]!.answer([1, 2], 'a')
    void pager.loadMore()
    await pager.renew(0)
    expect(asked).toHaveLength(2)
    await asked[1]!.answer([3, 4], 'b')
    await asked[2]!.answer([9, 1], 'a')
    await asked[3]!.answer([2, 3], 'c')
    expect(ids()).toEqual([9, 1, 2, 3])
    scope.stop()
  })

  it('go at once when they are known to be gone', async () => {
    const { asked, pager, ids, scope } = harness()
    await asked[0]!.answer([1, 2, 3])
    pager.remove(['2', '7'])
    expect([ids(), pager.total.value]).toEqual([[1, 3], 99])
    scope.stop()
  })

  it('of which only the first pages are asked for keep those below, whatever came in above', async () => {
    const { asked, pager, ids, scope } = harness()
    await asked[0]!.answer([0], 'a')
    for (let n = 1; n < 12; n++) {
      void pager.loadMore()
      await asked[n]!.answer([n], 'a')
    }
    const renewed = pager.renew(0)
    for (let n = 0; n < 10; n++)
      await asked[12 + n]!.answer([n === 0 ? 99 : n - 1], 'a')
    await renewed
    expect(ids()).toEqual([99, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    scope.stop()
  })

  it('stay when the server does not answer', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { asked, pager, ids, scope } = harness()
    await asked[0]!.answer([1, 2])
    vi.setSystemTime(Date.now() + 60_000)
    const renewed = pager.renew()
    await asked[1]!.fail(new Error('gone'))
    await renewed
    expect(ids()).toEqual([1, 2])
    expect(pager.state.value).toBe('done')
    scope.stop()
  })
})
