import type { RouteRecordRaw } from 'vue-router'
import { askOverviewAhead } from '../pages/workbench/overview-ahead.ts'
import WorkbenchPage from '../pages/workbench/WorkbenchPage.vue'

/** Workbench and customers. */
export const crmRoutes: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'workbench',
    // Where nearly every visit starts or ends: part of the first chunk.
    component: WorkbenchPage,
    beforeEnter: () => askOverviewAhead(),
    meta: { tab: 'workbench', title: 'workbench.title' },
  },
  {
    // The list stays mounted around its children: beside them on wide screens, put away on phones.
    path: '/customers',
    name: 'customers',
    component: () => import('../pages/customers/CustomersPage.vue'),
    meta: { tab: 'customers', title: 'customers.title' },
    children: [
      {
        path: 'new',
        name: 'customer-new',
        component: () => import('../pages/customers/edit/CustomerCreatePage.vue'),
        meta: { texts: ['customer', 'forms'], title: 'customer.create' },
      },
      {
        path: ':id',
        name: 'customer',
        component: () => import('../pages/customers/detail/CustomerPage.vue'),
        meta: { texts: ['customer'], title: 'customer.title' },
      },
      {
        path: ':id/edit',
        name: 'customer-edit',
        component: () => import('../pages/customers/edit/CustomerEditPage.vue'),
        meta: { texts: ['customer', 'forms'], title: 'customer.edit' },
      },
    ],
  },
]
