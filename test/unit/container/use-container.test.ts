import { describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useContainer } from '../../../src/container/index.ts'
import { fakeSdk } from './fake-sdk.ts'

const phone = { navigator: { userAgent: 'iPhone AliApp(DingTalk/7.6.0)' }, name: '' }
const browser = { navigator: { userAgent: 'Chrome/140' }, name: '' }

describe('useContainer', () => {
  it('never loads the SDK in a browser', async () => {
    const loadSdk = vi.fn(async () => fakeSdk())
    const container = useContainer({ globals: browser, loadSdk })
    expect(container.isSupported).toBe(false)
    await container.setTitle('x')
    await expect(container.requestLoginCode({ corpId: 'c', clientId: 'i' })).rejects.toMatchObject({ kind: 'notInDingTalk' })
    expect(loadSdk).not.toHaveBeenCalled()
  })

  it('sets the native title, and shrugs when the client refuses', async () => {
    const sdk = fakeSdk()
    await useContainer({ globals: phone, loadSdk: async () => sdk }).setTitle('客户')
    expect(sdk.setTitle).toHaveBeenCalledWith({ title: '客户' })
    const refusing = fakeSdk({ setTitle: () => Promise.reject(new Error('no')) })
    await expect(useContainer({ globals: phone, loadSdk: async () => refusing }).setTitle('x')).resolves.toBeUndefined()
  })

  it('handles the back key until its scope ends', async () => {
    const page = new EventTarget()
    const handled = vi.fn(() => true)
    const scope = effectScope()
    scope.run(() => useContainer({ globals: phone, loadSdk: async () => fakeSdk(), document: page }).onBackKey(handled))
    const press = () => {
      const event = new Event('backbutton', { cancelable: true })
      page.dispatchEvent(event)
      return event.defaultPrevented
    }
    await vi.waitFor(() => expect(press()).toBe(true))
    scope.stop()
    handled.mockClear()
    expect(press()).toBe(false)
    expect(handled).not.toHaveBeenCalled()
  })

  it('leaves the back key to the client when the handler does not want it', async () => {
    const page = new EventTarget()
    const asked = vi.fn(() => false)
    const scope = effectScope()
    scope.run(() => useContainer({ globals: phone, loadSdk: async () => fakeSdk(), document: page }).onBackKey(asked))
    await vi.waitFor(() => {
      const event = new Event('backbutton', { cancelable: true })
      page.dispatchEvent(event)
      expect(asked).toHaveBeenCalled()
      expect(event.defaultPrevented).toBe(false)
    })
    scope.stop()
  })
})
