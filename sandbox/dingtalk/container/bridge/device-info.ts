import type { Methods } from './reply.ts'
import { clientVersionOf } from '../device-store.ts'
import { failed, ok, text } from './reply.ts'

/** Storage per device and domain, network and system facts: nothing a person has to answer. */
export const deviceInfo: Methods = {
  'util.domainStorage.setItem': {
    on: 'AiHP',
    run: ({ device, params }) => {
      const name = text(params, 'name', 'key')
      if (!name)
        return failed('2', '缺少参数 name')
      device.storage.set(name, JSON.stringify(params.value ?? params.data ?? ''))
      return ok()
    },
  },
  'util.domainStorage.getItem': {
    on: 'AiHP',
    run: ({ device, params }) => {
      const stored = device.storage.get(text(params, 'name', 'key'))
      const value: unknown = stored === undefined ? '' : JSON.parse(stored)
      return ok({ value, data: value })
    },
  },
  'util.domainStorage.removeItem': {
    on: 'AiHP',
    run: ({ device, params }) => {
      device.storage.delete(text(params, 'name', 'key'))
      return ok()
    },
  },
  'device.connection.getNetworkType': { on: 'AiHP', run: () => ok({ result: 'wifi', netWorkAvailable: true, netWorkType: 'WIFI' }) },
  'device.base.getPhoneInfo': {
    on: 'AiH',
    run: ({ device }) =>
      ok({
        statusBarHeight: 47,
        titleBarHeight: 44,
        fontSizeSetting: 16,
        language: device.mode.language.replace('-', '_'),
        model: device.kind,
        app: 'DingTalk',
        version: clientVersionOf(device),
      }),
  },
}
