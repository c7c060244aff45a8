// The page under test: nothing but the unmodified DingTalk SDK, driven by the test through window.run.
import { alert$ } from 'dingtalk-jsapi/api/union/alert'
import { complexChoose$ } from 'dingtalk-jsapi/api/union/complexChoose'
import { confirm$ } from 'dingtalk-jsapi/api/union/confirm'
import { getStorage$ } from 'dingtalk-jsapi/api/union/getStorage'
import { openPageInSlidePanelForPC$ } from 'dingtalk-jsapi/api/union/openPageInSlidePanelForPC'
import { quitPage$ } from 'dingtalk-jsapi/api/union/quitPage'
import { requestAuthCode$ } from 'dingtalk-jsapi/api/union/requestAuthCode'
import { scan$ } from 'dingtalk-jsapi/api/union/scan'
import { setNavigationLeft$ } from 'dingtalk-jsapi/api/union/setNavigationLeft'
import { setNavigationTitle$ } from 'dingtalk-jsapi/api/union/setNavigationTitle'
import { setStorage$ } from 'dingtalk-jsapi/api/union/setStorage'
import { showActionSheet$ } from 'dingtalk-jsapi/api/union/showActionSheet'
import { showToast$ } from 'dingtalk-jsapi/api/union/showToast'
import dd from 'dingtalk-jsapi/entry/union'

const apis: Record<string, (params: never) => Promise<unknown>> = {
  alert: alert$,
  complexChoose: complexChoose$,
  confirm: confirm$,
  getStorage: getStorage$,
  openPageInSlidePanelForPC: openPageInSlidePanelForPC$,
  quitPage: quitPage$,
  requestAuthCode: requestAuthCode$,
  scan: scan$,
  setNavigationLeft: setNavigationLeft$,
  setNavigationTitle: setNavigationTitle$,
  setStorage: setStorage$,
  showActionSheet: showActionSheet$,
  showToast: showToast$,
}

Object.assign(window, {
  dd,
  run: (name: string, params: Record<string, unknown>) =>
    apis[name]?.(params as never).then(
      data => ({ ok: true, data }),
      (error: unknown) => ({ ok: false, data: error }),
    ),
  invoke: (method: string, params: Record<string, unknown>) =>
    dd._invoke(method, params).then(
      (data: unknown) => ({ ok: true, data }),
      (error: unknown) => ({ ok: false, data: error }),
    ),
})
