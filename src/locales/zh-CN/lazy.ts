/** Texts of pages most people never open; each is a chunk of its own. */
export const lazy = {
  admin: () => import('./admin.ts'),
  customer: () => import('./customer.ts'),
  crmLogin: () => import('./crm-login.ts'),
  forms: () => import('./forms.ts'),
  messages: () => import('./messages.ts'),
  people: () => import('./people.ts'),
  problems: () => import('./problems.ts'),
  setup: () => import('./setup.ts'),
}
