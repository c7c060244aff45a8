import { sendingKinds } from '#contract/messages/kinds.ts'
import { textFor } from '../../../locales/index.ts'

/** What a kind of notification is called; its own name where nobody has given it one. */
export function kindName(kind: string): string {
  return textFor(`admin.delivery.kinds.${kind}`) ?? textFor(`messages.kinds.${kind}`) ?? kind
}

export const kindOptions = (): { value: string, label: string }[] => sendingKinds.map(value => ({ value, label: kindName(value) }))
