import type { Call, Method, Methods, Reply } from './reply.ts'
import { profiles } from '../devices.ts'
import { config } from './config.ts'
import { contacts } from './contacts.ts'
import { deviceInfo } from './device-info.ts'
import { dialogs } from './dialogs.ts'
import { fireAndForget } from './fire.ts'
import { login } from './login.ts'
import { navigation } from './navigation.ts'
import { failed, has } from './reply.ts'
import { sensors } from './sensors.ts'

const methods: Methods = { ...login, ...config, ...navigation, ...fireAndForget, ...deviceInfo, ...dialogs, ...contacts, ...sensors }

/** Native methods that exist on current clients only (dingtalk-jsapi §4.1). */
const newMethods = new Set(['runtime.permission.requestAuthCodeV2'])

/**
 * The one implementation behind all four native faces: decides what a native call answers on this device.
 * Never throws and never stays silent on its own: an unknown or unsupported method is a failure with code 1.
 */
export function handle(call: Call): Reply {
  const prepared = call.device.prepared.findIndex(answer => answer.method === call.method)
  if (prepared >= 0)
    return preparedReply(call, prepared)
  const method = lookUp(call)
  if (!method)
    return failed('1', `${call.method} 不存在`)
  if (method.needsConfig && !call.page.granted?.includes(call.method))
    return failed('7', `${call.method} 没有权限，请先调用 dd.config`)
  return method.run(call)
}

function lookUp({ device, method }: Call): Method | undefined {
  const found = Object.hasOwn(methods, method) ? methods[method] : undefined
  const tooNew = device.mode.client === 'old' && newMethods.has(method)
  return found && !tooNew && has(found, profiles[device.kind].platform) ? found : undefined
}

function preparedReply({ device }: Call, index: number): Reply {
  const [answer] = device.prepared.splice(index, 1)
  const { ok = false, data } = answer?.outcome ?? {}
  if (ok)
    return { kind: 'ok', data }
  const error = data && typeof data === 'object' ? data : {}
  return failed('errorCode' in error ? String(error.errorCode) : '3', 'errorMessage' in error ? String(error.errorMessage) : '')
}
