import type { Sdk } from './types.ts'
import { close$ } from 'dingtalk-jsapi/api/biz/navigation/close'
import { scanCard$ } from 'dingtalk-jsapi/api/biz/util/scanCard'
import { share$ } from 'dingtalk-jsapi/api/biz/util/share'
import { requestAuthCode$ } from 'dingtalk-jsapi/api/runtime/permission/requestAuthCode'
import { complexChoose$ } from 'dingtalk-jsapi/api/union/complexChoose'
import { getLocation$ } from 'dingtalk-jsapi/api/union/getLocation'
import { openChatByUserId$ } from 'dingtalk-jsapi/api/union/openChatByUserId'
import { openLink$ } from 'dingtalk-jsapi/api/union/openLink'
import { openLocation$ } from 'dingtalk-jsapi/api/union/openLocation'
import { openPageInMicroApp$ } from 'dingtalk-jsapi/api/union/openPageInMicroApp'
import { requestAuthCode$ as requestAuthCodeV2$ } from 'dingtalk-jsapi/api/union/requestAuthCode'
import { scan$ } from 'dingtalk-jsapi/api/union/scan'
import { setNavigationTitle$ } from 'dingtalk-jsapi/api/union/setNavigationTitle'
import dd from 'dingtalk-jsapi/entry/union'

/** The SDK's parameter types are stricter and looser than its documentation (§6); ours follow the documentation. */
type Params<F extends (params: never) => unknown> = Parameters<F>[0]

/*
 * The only module that imports dingtalk-jsapi; reached by import() alone (index.ts).
 * `$` names, because the package's default exports break under Vite 8 (dingtalk-jsapi §3.2).
 * Both login methods may live together: the union file registers the native name
 * runtime.permission.requestAuthCodeV2, the classic one …requestAuthCode (§3.3). Where the union
 * file lacks a platform (scanCard iOS, share PC) the classic one is taken, and only that one.
 */
export const sdk: Sdk = {
  platform: dd.env.platform,
  version: dd.env.version,
  requestAuthCodeV2: params => requestAuthCodeV2$(params),
  requestAuthCode: params => requestAuthCode$(params),
  setTitle: params => setNavigationTitle$(params),
  closePage: () => close$({}),
  ready: callback => dd.ready(callback),

  config: ({ jsApiList, ...signed }) => new Promise((resolve, reject) => {
    dd.error((reason: unknown) => reject(reason))
    dd.config({ ...signed, type: 0, jsApiList: [...jsApiList] })
    dd.ready(() => resolve())
  }),
  // Coordinates of 高德 with an address; HarmonyOS has no defaults, so everything is said (§2.3, §6).
  getLocation: () => getLocation$({ targetAccuracy: 200, coordinate: 1, withReGeocode: true, useCache: false } as unknown as Params<typeof getLocation$>),
  openLocation: params => openLocation$(params as unknown as Params<typeof openLocation$>),
  scan: () => scan$({ type: 'qr' }),
  scanCard: () => scanCard$({}),
  choosePeople: params => complexChoose$({ ...params, responseUserOnly: true, pickedDepartments: [] } as unknown as Params<typeof complexChoose$>),
  openChat: params => openChatByUserId$(params),
  openProfile: ({ corpId, userId }) =>
    openPageInMicroApp$({ name: 'profile', params: { id: userId, corpId } } as unknown as Params<typeof openPageInMicroApp$>),
  share: params => share$({ ...params, type: 1, image: '' }),
  openLink: params => openLink$(params),
}
