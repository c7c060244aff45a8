/** Texts of pages most people never open; each is a chunk of its own. */
export const lazy = {
  admin: () => import('./admin.ts'),
  crmLogin: () => import('./crm-login.ts'),
  forms: () => import('./forms.ts'),
  messages: () => import('./messages.ts'),
  people: () => import('./people.ts'),
  problems: () => import('./problems.ts'),
  records: () => import('./records.ts'),
  setup: () => import('./setup.ts'),
}
