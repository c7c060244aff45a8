import { describe, expect, it } from 'vitest'
import { detectContainer } from '../../../src/container/detect.ts'

const ios = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 AliApp(DingTalk/7.6.0)'
const android = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 AliApp(DingTalk/7.6.0)'
const harmony = 'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 ArkWeb/4.1 AliApp(DingTalk/7.6.0)'
const pc = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 DingTalk(7.6.0-Release.1)'
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36'
const windowName = JSON.stringify({ hostOrigin: 'https://im.dingtalk.com', containerId: 'c1' })

function detect(userAgent: string, name = '', dingtalk?: { platform?: { invokeAPI?: unknown } }) {
  return detectContainer({ navigator: { userAgent }, name, ...(dingtalk && { dingtalk }) })
}

describe('detectContainer', () => {
  it.each([
    ['iOS', ios, 'phone'],
    ['Android', android, 'phone'],
    ['HarmonyOS', harmony, 'phone'],
    ['PC by user agent', pc, 'pc'],
  ])('knows %s', (_, userAgent, platform) => {
    expect(detect(userAgent)).toEqual({ inContainer: true, platform })
  })

  it('knows the PC client by window.name alone', () => {
    expect(detect(chrome, windowName)).toEqual({ inContainer: true, platform: 'pc' })
  })

  it('knows the PC client by its bridge object alone', () => {
    expect(detect(chrome, '', { platform: { invokeAPI() {} } }).inContainer).toBe(true)
  })

  it('lets a phone user agent beat the PC markers', () => {
    expect(detect(ios, windowName).platform).toBe('phone')
  })

  it.each([
    ['a plain browser', ''],
    ['a frame name that is no JSON', '{not json'],
    ['JSON without a containerId', '{"a":1}'],
    ['an empty containerId', '{"containerId":""}'],
    ['a JSON array', '["containerId"]'],
  ])('is not fooled by %s', (_, name) => {
    expect(detect(chrome, name).inContainer).toBe(false)
  })

  it('takes a bare dingtalk object for nothing', () => {
    expect(detect(chrome, '', {}).inContainer).toBe(false)
  })
})
