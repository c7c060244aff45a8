import type { AreaTexts, LazyArea } from '../types.ts'

type Loaders = { [A in LazyArea]: () => Promise<{ default: AreaTexts<A> }> }

/** The same areas as in zh-CN/lazy.ts. */
export const lazy: Loaders = {
  admin: () => import('./admin.ts'),
  crmLogin: () => import('./crm-login.ts'),
  forms: () => import('./forms.ts'),
  messages: () => import('./messages.ts'),
  people: () => import('./people.ts'),
  problems: () => import('./problems.ts'),
  records: () => import('./records.ts'),
  setup: () => import('./setup.ts'),
}
