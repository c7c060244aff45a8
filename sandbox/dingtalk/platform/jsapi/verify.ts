import type { BridgeError } from '../../types.ts'
import type { World } from '../world/world.ts'
import { createHash } from 'node:crypto'

export interface JsapiConfig {
  agentId: string
  corpId: string
  timeStamp: string
  nonceStr: string
  signature: string
  url: string
}

/** URLs a right signature may have been made for: as reported, and with a decoded query (iOS and Android differ, dingtalk-server-api §6). */
function candidates(reported: string): string[] {
  const url = reported.split('#')[0] ?? ''
  const question = url.indexOf('?')
  if (question < 0)
    return [url]
  try {
    return [url, url.slice(0, question) + decodeURIComponent(url.slice(question))]
  }
  catch {
    return [url]
  }
}

function sign(ticket: string, config: JsapiConfig, url: string): string {
  const plain = `jsapi_ticket=${ticket}&noncestr=${config.nonceStr}&timestamp=${config.timeStamp}&url=${url}`
  return createHash('sha256').update(plain).digest('hex')
}

function failure(errorCode: string, errorMessage: string): BridgeError {
  return { errorCode, errorMessage }
}

/** Checks a dd.config call as the client does; undefined when it is right. */
export function verifyJsapiConfig(world: World, config: JsapiConfig): BridgeError | undefined {
  if (config.corpId !== world.app.corpId)
    return failure('52010', '无效的corpid')
  if (config.agentId !== String(world.app.agentId))
    return failure('52019', '无效的agentid')
  if (!/^https?:\/\//.test(config.url))
    return failure('52014', '无效的url')
  if (config.nonceStr === '')
    return failure('52015', '无效的随机字符串')
  if (!/^\d+$/.test(config.timeStamp))
    return failure('52018', '无效的时间戳')
  if (config.signature === '')
    return failure('52016', '无效的签名')
  const ticket = world.tickets.current()
  if (ticket === undefined)
    return failure('52011', 'jsapi ticket 读取失败')
  const right = candidates(config.url).some(url => sign(ticket, config, url) === config.signature)
  return right ? undefined : failure('52013', '签名校验失败')
}
