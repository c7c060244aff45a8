// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { createApp, h, nextTick } from 'vue'
import LocationField from '../../../src/components/record-form/fields/LocationField.vue'

const request = vi.hoisted(() => vi.fn())
vi.mock('../../../src/api/index.ts', () => ({ request }))
vi.mock('../../../src/components/crm/use-here.ts', () => ({ useHere: () => ({ isSupported: false, busy: { value: false }, problem: { value: '' }, refused: { value: false } }) }))

it('loads the table of regions once somebody needs it, and again where that failed', async () => {
  vi.resetModules()
  const { useRegions } = await import('../../../src/components/crm/use-regions.ts')
  const regions = useRegions()
  expect(regions.pathOf('')).toBe('')
  expect(request).not.toHaveBeenCalled()

  request.mockRejectedValueOnce(new Error('offline'))
  await regions.load()
  request.mockResolvedValue({ names: { 110000: '北京市', 110100: '北京市', 110101: '东城区', 330000: '浙江省', 330100: '杭州市', 330106: '西湖区' } })
  expect(regions.pathOf('330106')).toBe('')
  await regions.load()
  await nextTick()
  expect(request).toHaveBeenCalledTimes(2)
  expect([regions.pathOf('330106'), regions.pathOf('110101'), regions.pathOf('999999')]).toEqual(['浙江省 杭州市 西湖区', '北京市 东城区', '999999'])
  expect(regions.options.value.map(({ value, parent }) => [value, parent])).toEqual([['110000', undefined], ['110100', '110000'], ['110101', '110100'], ['330000', undefined], ['330100', '330000'], ['330106', '330100']])
})

it('offers a list a level, and keeps its place while the table is on its way', async () => {
  let answer: (table: object) => void = () => {}
  request.mockReset().mockReturnValue(new Promise(resolve => answer = resolve))
  const changes: unknown[] = []
  const root = document.createElement('div')
  const field = { key: 'location', type: 'location', label: '地址', regions: true, format: 'detail' } as const
  const app = createApp({ render: () => h(LocationField, { id: 'place', field, value: { code: '330100', detail: '文一西路' }, invalid: false, onChange: (value: unknown) => changes.push(value) }) })
  app.mount(root)
  const lists = () => [...root.querySelectorAll('select')].map(select => [...select.options].map(({ textContent }) => textContent?.trim()).slice(1))
  expect(lists()).toEqual([[]])
  answer({ names: { 110000: '北京市', 330000: '浙江省', 330100: '杭州市', 330106: '西湖区' } })
  await vi.waitFor(() => expect(lists()).toEqual([['北京市', '浙江省'], ['杭州市'], ['西湖区']]))
  const district = root.querySelectorAll('select')[2]!
  district.value = '330106'
  district.dispatchEvent(new Event('change'))
  expect(changes).toEqual([{ code: '330106', detail: '文一西路' }])
  app.unmount()
})
