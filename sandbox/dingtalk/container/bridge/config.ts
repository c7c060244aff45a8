import type { Call, Methods, Reply } from './reply.ts'
import { failed, ok, text } from './reply.ts'

/** dd.config (dingtalk-jsapi §5): mobile clients and PC know it under different names. */
export const config: Methods = {
  'runtime.permission.requestJsApis': { on: 'AiH', run: call => grant(call, call.url) },
  // On PC the SDK itself sends the URL without its hash.
  'config': { on: 'P', run: call => grant(call, text(call.params, 'url') || call.url) },
}

function grant({ page, params, platform }: Call, url: string): Reply {
  const methods = params.jsApiList
  if (!Array.isArray(methods) || !methods.every(method => typeof method === 'string'))
    return failed('52017', 'jsApiList 参数错误')
  const error = platform.verifyJsapiConfig({
    agentId: text(params, 'agentId', 'appId'),
    corpId: text(params, 'corpId'),
    timeStamp: text(params, 'timeStamp'),
    nonceStr: text(params, 'nonceStr'),
    signature: text(params, 'signature'),
    url: url.split('#')[0] ?? url,
  })
  if (error)
    return failed(error.errorCode, error.errorMessage)
  page.granted = methods
  return ok()
}
