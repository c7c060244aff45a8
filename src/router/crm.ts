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
        meta: {
          texts: ['customer', 'forms'],
          title: 'customer.create',
        },
      },
      {
        path: ':id',
        name: 'customer',
        component: () => import('../pages/customers/detail/CustomerPage.vue'),
        meta: {
          texts: ['customer'],
          title: 'customer.title',
        },
      },
      {
        path: ':id/edit',
        name: 'customer-edit',
        component: () => import('../pages/customers/edit/CustomerEditPage.vue'),
        meta: {
          texts: ['customer', 'forms'],
          title: 'customer.edit',
        },
      },
    ],
  },
]
