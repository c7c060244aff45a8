import type { RouteRecordRaw } from 'vue-router'

/** Workbench and customers. */
export const crmRoutes: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'workbench',
    component: () => import('../pages/workbench/WorkbenchPage.vue'),
    meta: { tab: 'workbench', title: 'workbench.title' },
  },
  {
    path: '/customers',
    name: 'customers',
    component: () => import('../pages/customers/CustomersPage.vue'),
    meta: { tab: 'customers', title: 'customers.title' },
  },
]
