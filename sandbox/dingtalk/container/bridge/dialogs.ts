import type { Methods } from './reply.ts'
import { ask, ok, text } from './reply.ts'

/** Native dialogs (dingtalk-jsapi §6): the SDK renames union parameters on mobile and sends them raw on PC. */
export const dialogs: Methods = {
  'device.notification.alert': {
    on: 'AiHP',
    run: ({ params }) =>
      ask(
        {
          kind: 'alert',
          title: text(params, 'title'),
          message: text(params, 'message', 'content'),
          button: text(params, 'buttonName', 'buttonText') || '确定',
        },
        () => ok(),
        ok(),
      ),
  },
  'device.notification.confirm': {
    on: 'AiHP',
    run: ({ params }) => {
      const buttons = labels(params, [text(params, 'cancelButtonText') || '取消', text(params, 'confirmButtonText') || '确定'])
      // The classic result carries the index only; `confirm` is what the one-segment documentation names.
      return ask({ kind: 'confirm', title: text(params, 'title'), message: text(params, 'message', 'content'), buttons }, index =>
        ok({ buttonIndex: index, confirm: index === buttons.length - 1 }))
    },
  },
  'device.notification.prompt': {
    on: 'AiH',
    run: ({ params }) => {
      const buttons = labels(params, ['取消', '确定'])
      return ask(
        { kind: 'prompt', title: text(params, 'title'), message: text(params, 'message', 'content'), buttons },
        value => ok({ buttonIndex: buttons.length - 1, value }),
        ok({ buttonIndex: 0, value: '' }),
      )
    },
  },
  'device.notification.actionSheet': {
    on: 'AiHP',
    run: ({ params }) => {
      const items = strings(params.otherButtons ?? params.items)
      return ask(
        { kind: 'sheet', title: text(params, 'title'), items, cancel: text(params, 'cancelButton', 'cancelButtonText') || '取消' },
        index => ok({ buttonIndex: index, index }),
        ok({ buttonIndex: -1, index: -1 }),
      )
    },
  },
}

function labels(params: Record<string, unknown>, fallback: string[]): string[] {
  const given = strings(params.buttonLabels)
  return given.length > 0 ? given : fallback
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
