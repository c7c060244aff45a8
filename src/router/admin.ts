import type { RouteRecordRaw } from 'vue-router'

/** Everything below /admin: administrators and break-glass sessions only. */
export const adminRoutes: RouteRecordRaw[] = [
  {
    path: '/admin',
    name: 'admin',
    component: () => import('../pages/admin/AdminPage.vue'),
    meta: { access: 'admin', tab: 'admin', texts: ['admin'], title: 'admin.title' },
    children: [
      {
        path: 'dingtalk',
        name: 'admin-dingtalk',
        component: () => import('../pages/admin/dingtalk/DingTalkPage.vue'),
        meta: { texts: ['forms'], title: 'admin.dingtalk.title' },
      },
      {
        path: 'sync',
        name: 'admin-sync',
        component: () => import('../pages/admin/sync/SyncPage.vue'),
        meta: { title: 'admin.sync.title' },
      },
      {
        path: 'sync/runs',
        name: 'admin-sync-runs',
        component: () => import('../pages/admin/sync/RunHistoryPage.vue'),
        meta: { title: 'admin.sync.historyAll' },
      },
      {
        path: 'sync/runs/:id',
        name: 'admin-sync-run',
        component: () => import('../pages/admin/sync/run/RunPage.vue'),
        meta: { title: 'admin.sync.run.changes' },
      },
      {
        path: 'sync/conflicts',
        name: 'admin-sync-conflicts',
        component: () => import('../pages/admin/sync/conflicts/ConflictsPage.vue'),
        meta: { title: 'admin.sync.conflicts.title' },
      },
      {
        path: 'sync/settings',
        name: 'admin-sync-settings',
        component: () => import('../pages/admin/sync/settings/SettingsPage.vue'),
        meta: { texts: ['forms'], title: 'admin.sync.settings.title' },
      },
      {
        path: 'organization',
        name: 'admin-organization',
        component: () => import('../pages/admin/organization/OrganizationPage.vue'),
        meta: { title: 'admin.organization.title' },
      },
    ],
  },
]
