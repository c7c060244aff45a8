import type { Sdk } from './types.ts'
import { close$ } from 'dingtalk-jsapi/api/biz/navigation/close'
import { requestAuthCode$ } from 'dingtalk-jsapi/api/runtime/permission/requestAuthCode'
import { requestAuthCode$ as requestAuthCodeV2$ } from 'dingtalk-jsapi/api/union/requestAuthCode'
import { setNavigationTitle$ } from 'dingtalk-jsapi/api/union/setNavigationTitle'
import dd from 'dingtalk-jsapi/entry/union'

/*
 * The only module that imports dingtalk-jsapi; reached by import() alone (index.ts).
 * `$` names, because the package's default exports break under Vite 8 (dingtalk-jsapi §3.2).
 * Both login methods may live together: the union file registers the native name
 * runtime.permission.requestAuthCodeV2, the classic one …requestAuthCode (§3.3).
 */
export const sdk: Sdk = {
  platform: dd.env.platform,
  version: dd.env.version,
  requestAuthCodeV2: params => requestAuthCodeV2$(params),
  requestAuthCode: params => requestAuthCode$(params),
  setTitle: params => setNavigationTitle$(params),
  closePage: () => close$({}),
  ready: callback => dd.ready(callback),
}
