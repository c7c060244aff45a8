import type { RouteRecordRaw } from 'vue-router'

/** Everything below /admin: administrators and break-glass sessions only. */
export const adminRoutes: RouteRecordRaw[] = [
  {
    path: '/admin',
    name: 'admin',
    component: () => import('../pages/admin/AdminPage.vue'),
    meta: {
      access: 'admin',
      tab: 'admin',
      texts: ['admin'],
      title: 'admin.title',
    },
  },
]
