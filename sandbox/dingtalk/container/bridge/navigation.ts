import type { Call, Effect, Method, Methods } from './reply.ts'
import { failed, ok, text } from './reply.ts'

/** The native frame around the page (dingtalk-jsapi §6, §9 rows 13 and 16). */
export const navigation: Methods = {
  'biz.navigation.setTitle': effect('AiHP', ({ params }) => ({ type: 'title', title: text(params, 'title') })),
  'biz.navigation.setRight': watched('AiH', ({ params }) => ({ type: 'right', text: text(params, 'text') || '更多', show: params.show !== false })),
  'biz.navigation.setMenu': watched('AiH', ({ params }) => ({ type: 'menu', items: Array.isArray(params.items) ? params.items : [] }), true),
  'biz.navigation.setLeft': watched('iHP', ({ params }) => ({
    type: 'left',
    text: text(params, 'text'),
    show: params.show !== false,
    control: params.control === true,
  })),
  'biz.navigation.setIcon': watched('AiH', ({ params }) => ({ type: 'icon', show: params.showIcon !== false })),
  'biz.navigation.hideBar': effect('AiH', ({ params }) => ({ type: 'bar', hidden: params.hidden !== false })),
  'biz.navigation.goBack': effect('AiH', () => ({ type: 'back' })),
  'biz.navigation.close': effect('AiHP', () => ({ type: 'close' })),
  'biz.navigation.quit': effect('P', ({ params }) => ({ type: 'quit', message: params.message })),
  'biz.navigation.replace': {
    on: 'AiH',
    run: ({ params, links, device }) => {
      const opening = links.resolve(device, text(params, 'url'), 'page')
      return opening.surface === 'invalid' ? failed('2', opening.reason) : ok({}, [{ type: 'replace', url: opening.url }])
    },
  },
  'biz.util.openLink': { on: 'AiHP', run: call => open(call, text(call.params, 'url')) },
  'biz.navigation.navigateToPage': { on: 'AiHP', run: call => open(call, text(call.params, 'url')) },
  'biz.microApp.openApp': { on: 'AiH', needsConfig: true, run: call => open(call, text(call.params, 'url')) },
  'biz.util.openSlidePanel': { on: 'P', run: call => panel(call, 'slide') },
  'biz.util.openModal': { on: 'PH', run: call => panel(call, 'modal') },
  'biz.util.invokeWorkbench': {
    on: 'P',
    needsConfig: true,
    run: (call) => {
      const opening = call.links.resolve(call.device, text(call.params, 'app_url'), 'page')
      return opening.surface === 'invalid' ? failed('-1', opening.reason) : ok({ body: true }, [{ type: 'open', surface: 'page', url: opening.url }])
    },
  },
  'biz.tabwindow.isTab': { on: 'P', run: () => ok(false) },
}

function effect(on: string, make: (call: Call) => Effect): Method {
  return { on, run: call => ok({}, [make(call)]) }
}

/**
 * A watch API: the page is called again at every tap. On Android and HarmonyOS, whose bridges have no separate
 * handler, the set-up itself is then not answered (dingtalk-jsapi §9 row 4).
 */
function watched(on: string, make: (call: Call) => Effect, always = false): Method {
  return {
    on,
    run: (call) => {
      const made = { ...make(call), watch: call.method }
      const held = (always || call.params.control === true) && (call.device.kind === 'android' || call.device.kind === 'harmony')
      return held ? { kind: 'held', effects: [made] } : ok({}, [made])
    },
  }
}

function open({ device, links }: Call, url: string): ReturnType<Method['run']> {
  const opening = links.resolve(device, url, 'openLink')
  return opening.surface === 'invalid' ? failed('2', opening.reason) : ok({}, [{ type: 'open', surface: opening.surface, url: opening.url }])
}

/** A second frame; the opener hears from it only when it quits or is closed. */
function panel({ device, links, params }: Call, surface: 'slide' | 'modal'): ReturnType<Method['run']> {
  const opening = links.resolve(device, text(params, 'url'), 'page')
  if (opening.surface === 'invalid')
    return failed('2', opening.reason)
  return {
    kind: 'held',
    effects: [{ type: 'open', surface, url: opening.url, title: text(params, 'title'), size: text(params, 'size'), settles: true }],
  }
}
