import type { Call, Methods, Reply } from './reply.ts'
import { cancelled, failed, ok, text } from './reply.ts'

/** Login codes (dingtalk-jsapi §4): neither needs dd.config; the platform decides who gets one. */
export const login: Methods = {
  'runtime.permission.requestAuthCode': { on: 'AiHP', run: call => requestCode(call, undefined) },
  'runtime.permission.requestAuthCodeV2': { on: 'AiHP', run: call => requestCode(call, text(call.params, 'clientId')) },
}

function requestCode({ device, params, platform, url }: Call, clientId: string | undefined): Reply {
  if (clientId === '')
    return failed('2', '参数 clientId 不能为空')
  const corpId = text(params, 'corpId')
  switch (device.mode.login) {
    case 'never':
      return { kind: 'silent' }
    case 'cancel':
      return cancelled()
    case 'unknown-domain':
      return failed('3', `对应企业没有${new URL(url).host}域名微应用`)
    default: {
      // A client logged in to another company asks the platform with a corp the app does not belong to.
      const asked = device.mode.login === 'wrong-corp' ? `${corpId}-elsewhere` : corpId
      const issued = platform.issueLoginCode({ userid: device.userid, corpId: asked, ...(clientId === undefined ? {} : { clientId }) })
      return 'code' in issued ? ok({ code: issued.code }) : failed(issued.errorCode, issued.errorMessage)
    }
  }
}
