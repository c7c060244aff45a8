// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { createApp, defineComponent, h, KeepAlive, nextTick, ref } from 'vue'
import { usePaginator } from '../../../src/components/record-list/use-paginator.ts'

it('asks nothing while keep-alive has its page put away, and catches up when it is back', async () => {
  const shown = ref(true)
  const keyword = ref('a')
  const asked: string[] = []
  const List = defineComponent(() => {
    const pager = usePaginator<string, string>({
      query: () => keyword.value,
      load: async (query) => {
        asked.push(query)
        return { items: [query], nextCursor: null, total: 1 }
      },
      key: item => item,
    })
    return () => h('p', pager.items.value.join())
  })
  const host = document.createElement('div')
  const app = createApp(() => h(KeepAlive, () => (shown.value ? h(List) : undefined)))
  app.mount(host)
  await nextTick()

  shown.value = false
  await nextTick()
  keyword.value = 'b'
  await nextTick()
  expect(asked).toEqual(['a'])

  shown.value = true
  await nextTick()
  await nextTick()
  await nextTick()
  expect(asked).toEqual(['a', 'b'])
  expect(host.textContent).toBe('b')

  // Coming back without news shows the same rows without asking.
  shown.value = false
  await nextTick()
  shown.value = true
  await nextTick()
  expect(asked).toEqual(['a', 'b'])
  expect(host.textContent).toBe('b')
  app.unmount()
})
