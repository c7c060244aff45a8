import type { Call, Effect, Method, Methods } from './reply.ts'
import { failed, ok, text } from './reply.ts'

/** Calls that only show something (dingtalk-jsapi §9 row 15): recorded, drawn, answered with `{}`. */
export const fireAndForget: Methods = {
  'device.notification.toast': shows('AiHP', ({ params }) => ({
    type: 'toast',
    text: text(params, 'text', 'content'),
    icon: text(params, 'icon', 'type'),
    seconds: Number(params.duration) || 3,
  })),
  'device.notification.hideToast': shows('AiHP', () => ({ type: 'toast-off' })),
  'device.notification.showPreloader': shows('AiH', ({ params }) => ({ type: 'loading', text: text(params, 'text') || '加载中' })),
  'device.notification.hidePreloader': shows('AiH', () => ({ type: 'loading-off' })),
  'device.notification.vibrate': shows('AiH', ({ params }) => ({ type: 'vibrate', milliseconds: Number(params.duration) || 300 })),
  'biz.util.previewImage': shows('AiHP', ({ params }) => ({
    type: 'preview',
    urls: Array.isArray(params.urls) ? params.urls : [],
    current: text(params, 'current'),
  })),
  'biz.util.share': notice('AiHP', '分享', ({ params }) => text(params, 'title', 'content')),
  'biz.util.showSharePanel': notice('AiH', '分享', ({ params }) => text(params, 'title')),
  'biz.clipboardData.setData': { ...notice('AiHP', '已复制', ({ params }) => text(params, 'text')), needsConfig: true },
  'biz.telephone.showCallMenu': {
    ...notice('Ai', '拨打电话', ({ params }) => `${text(params, 'code')} ${text(params, 'phoneNumber')}`.trim()),
    needsConfig: true,
  },
  'biz.telephone.call': { ...notice('AiH', '钉钉电话', call => names(call, call.params.users)), needsConfig: true },
  'biz.telephone.quickCallList': {
    ...notice('AiHP', '拨打电话', call => text(call.params, 'phoneNumber') || names(call, [call.params.staffId])),
    needsConfig: true,
  },
  'biz.chat.openSingleChat': { ...notice('AiH', '打开单聊', call => names(call, [call.params.userId ?? call.params.userid])), needsConfig: true },
  'biz.chat.toConversationByOpenConversationId': {
    ...notice('AiHP', '打开群聊', ({ params }) => text(params, 'openConversationId')),
    needsConfig: true,
  },
  'biz.util.open': { ...notice('AiHP', '打开钉钉页面', ({ params }) => text(params, 'name')), needsConfig: true },
  'biz.ding.create': { ...notice('AiHP', '新建 DING', call => `${names(call, call.params.users)} ${text(call.params, 'text')}`), needsConfig: true },
  'biz.ding.post': { ...notice('PH', '新建 DING', call => `${names(call, call.params.users)} ${text(call.params, 'text')}`), needsConfig: true },
  'biz.map.view': { ...notice('AiH', '查看位置', ({ params }) => text(params, 'title')), needsConfig: true },
  'biz.util.setScreenKeepOn': { ...quiet('AiH'), needsConfig: true },
  'ui.webViewBounce.disable': quiet('i'),
  'ui.webViewBounce.enable': quiet('i'),
  'ui.pullToRefresh.enable': {
    on: 'AiH',
    run: call => (call.device.kind === 'ios' ? ok({}, [pull(call)]) : { kind: 'held', effects: [pull(call)] }),
  },
  'ui.pullToRefresh.stop': shows('AiH', () => ({ type: 'pull-stop' })),
  'ui.pullToRefresh.disable': shows('AiH', () => ({ type: 'pull-off' })),
  'device.screen.rotateView': shows('AiH', () => ({ type: 'rotate', landscape: true })),
  'device.screen.resetView': shows('AiH', () => ({ type: 'rotate', landscape: false })),
  'device.screen.insetAdjust': quiet('i'),
}

function shows(on: string, make: (call: Call) => Effect): Method {
  return { on, run: call => ok({}, [make(call)]) }
}

function notice(on: string, title: string, describe: (call: Call) => string): Method {
  return {
    on,
    run: (call) => {
      const detail = describe(call).trim()
      return detail ? ok({}, [{ type: 'notice', title, detail }]) : failed('2', '缺少必要参数')
    },
  }
}

function quiet(on: string): Method {
  return { on, run: () => ok() }
}

function pull(call: Call): Effect {
  return { type: 'pull-on', watch: call.method }
}

function names({ platform }: Call, users: unknown): string {
  const ids = Array.isArray(users) ? users : []
  return ids
    .filter(id => id !== undefined && id !== '')
    .map(id => platform.member(String(id))?.name ?? String(id))
    .join('、')
}
