import type { Ask, Call, Methods, Reply } from './reply.ts'
import { ask, cancelled, failed, ok, text } from './reply.ts'
import { cards, conversations, denied, pictures, places } from './samples.ts'

/** Camera, location, map and dates: answered by a person from prepared examples (dingtalk-jsapi §6). */
export const sensors: Methods = {
  'biz.util.scan': {
    on: 'AiH',
    run: ({ platform }) =>
      ask({ kind: 'text', title: '扫一扫', label: '扫到的内容', value: platform.app().mobileHomepage }, value => ok({ text: value })),
  },
  'biz.util.scanCard': {
    on: 'AiH',
    needsConfig: true,
    run: () =>
      choose(
        '识别名片',
        cards.map(card => ({ title: card.NAME, detail: `${card.COMPANY} · ${card.POSITION}` })),
        cards,
      ),
  },
  'biz.util.chooseImage': {
    on: 'AiH',
    needsConfig: true,
    run: ({ params }) =>
      ask(
        { kind: 'choice', title: '选择图片', items: pictures.map(title => ({ title, detail: '' })) },
        index => chosenPicture(index, params),
        cancelled('11'),
      ),
  },
  'device.geolocation.get': {
    on: 'AiH',
    needsConfig: true,
    run: call =>
      choose(
        '获取位置',
        [...places.map(asItem), { title: '拒绝定位', detail: '错误码 11' }],
        [...places.map(place => location(call, place)), denied],
      ),
  },
  'biz.map.locate': { on: 'AiH', needsConfig: true, run: () => choose('选择位置', places.map(asItem), places) },
  'biz.map.search': { on: 'AiH', needsConfig: true, run: () => choose('搜索位置', places.map(asItem), places) },
  'biz.chat.chooseConversationByCorpId': {
    on: 'AiP',
    needsConfig: true,
    run: () =>
      choose(
        '选择会话',
        conversations.map(chat => ({ title: chat.title, detail: '' })),
        conversations,
      ),
  },
  'biz.util.datepicker': { on: 'AiH', run: call => date(call, 'date', 'yyyy-MM-dd') },
  'biz.util.timepicker': { on: 'AiH', run: call => date(call, 'time', 'HH:mm') },
  'biz.util.datetimepicker': { on: 'AiH', run: call => date(call, 'datetime-local', 'yyyy-MM-dd HH:mm') },
  'biz.calendar.chooseOneDay': {
    on: 'AiH',
    run: call => ask(dateAsk(call, 'date', 1), values => ok({ chosen: first(values), timezone: 'Asia/Shanghai' })),
  },
  'biz.calendar.chooseInterval': {
    on: 'AiH',
    run: call =>
      ask(dateAsk(call, 'date', 2), (values) => {
        const [start, end] = Array.isArray(values) ? values.map(Number) : []
        return start === undefined || end === undefined
          ? failed('3', '日期无效')
          : ok({ start: Math.min(start, end), end: Math.max(start, end), timezone: 'Asia/Shanghai' })
      }),
  },
}

function choose(title: string, items: { title: string, detail: string }[], values: readonly unknown[]): Reply {
  return ask({ kind: 'choice', title, items }, (index) => {
    const value = values[Number(index)]
    if (value === denied)
      return failed('11', '没有定位权限')
    return value === undefined ? failed('3', '选择结果无效') : ok(value)
  })
}

function asItem(place: (typeof places)[number]): { title: string, detail: string } {
  return { title: place.title, detail: `${place.city} ${place.snippet}` }
}

/** An address comes back only for 高德 coordinates with reverse geocoding. */
function location({ params, device }: Call, place: (typeof places)[number]): object {
  const address
    = Number(params.coordinate) === 1 && params.withReGeocode === true
      ? {
          address: `${place.province}${place.city}${place.adName}${place.snippet}`,
          province: place.province,
          city: place.city,
          district: place.adName,
          road: place.snippet,
        }
      : {}
  return {
    longitude: place.longitude,
    latitude: place.latitude,
    accuracy: 35,
    ...address,
    ...(device.kind === 'android' ? { isFromMock: false } : {}),
  }
}

function chosenPicture(index: unknown, params: Record<string, unknown>): Reply {
  const name = pictures[Number(index)]
  if (name === undefined)
    return failed('3', '选择结果无效')
  // Real paths are virtual too: only DingTalk's own upload API can read them.
  const path = `https://resource/${encodeURIComponent(name)}.image`
  return ok({ filePaths: [path], files: [{ path, size: 182_044, fileType: name.split('.').pop() }], count: Number(params.count) || 1 })
}

function dateAsk({ params, platform }: Call, input: 'date' | 'time' | 'datetime-local', count: number): Ask {
  return {
    kind: 'date',
    title: text(params, 'title') || '选择日期',
    input,
    count,
    now: platform.now(),
    value: text(params, 'value', 'currentDate', 'date'),
  }
}

/** Answers in the format the page asked for, e.g. `yyyy-MM-dd HH:mm`. */
function date(call: Call, input: 'date' | 'time' | 'datetime-local', fallback: string): Reply {
  return ask(dateAsk(call, input, 1), (values) => {
    const at = new Date(first(values))
    return Number.isNaN(at.getTime()) ? failed('3', '日期无效') : ok({ value: format(at, text(call.params, 'format') || fallback) })
  })
}

function first(values: unknown): number {
  return Number(Array.isArray(values) ? values[0] : values)
}

function format(at: Date, pattern: string): string {
  const parts: Record<string, number> = {
    yyyy: at.getFullYear(),
    MM: at.getMonth() + 1,
    dd: at.getDate(),
    HH: at.getHours(),
    mm: at.getMinutes(),
    ss: at.getSeconds(),
  }
  return pattern.replace(/yyyy|MM|dd|HH|mm|ss/g, part => String(parts[part]).padStart(part.length, '0'))
}
