import { textFor } from '../../../locales/index.ts'

/** What a kind of notification is called; its own name where nobody has given it one. */
export function kindName(kind: string): string {
  return textFor(`admin.delivery.kinds.${kind.replaceAll('.', '_')}`) ?? kind
}
