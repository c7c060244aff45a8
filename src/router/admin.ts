import type { RouteRecordRaw } from 'vue-router'

/** One chunk: whoever looks at a run also decides about conflicts and sets the sync. */
const sync = () => import('../pages/admin/sync/index.ts')
const delivery = () => import('../pages/admin/delivery/index.ts')

/** One chunk: whoever opens an account looks at its logins and rights. */
const people = () => import('../pages/admin/people/index.ts')

/** One chunk: the guide shows the doctor's checks. */
const connect = () => import('../pages/admin/connect/index.ts')

/** One chunk: rules, words and announcements share their parts. */
const messages = () => import('../pages/admin/messages/index.ts')

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
      { path: 'guide', name: 'admin-guide', component: () => connect().then(pages => pages.GuidePage), meta: { title: 'admin.guide.title' } },
      { path: 'doctor', name: 'admin-doctor', component: () => connect().then(pages => pages.DoctorPage), meta: { title: 'admin.doctor.title' } },
      { path: 'sync', name: 'admin-sync', component: () => sync().then(pages => pages.SyncPage), meta: { title: 'admin.sync.title' } },
      {
        path: 'sync/runs',
        name: 'admin-sync-runs',
        component: () => sync().then(pages => pages.RunHistoryPage),
        meta: { title: 'admin.sync.historyAll' },
      },
      {
        path: 'sync/runs/:id',
        name: 'admin-sync-run',
        component: () => sync().then(pages => pages.RunPage),
        meta: { texts: ['forms'], title: 'admin.sync.run.changes' },
      },
      {
        path: 'sync/conflicts',
        name: 'admin-sync-conflicts',
        component: () => sync().then(pages => pages.ConflictsPage),
        meta: { title: 'admin.sync.conflicts.title' },
      },
      {
        path: 'sync/settings',
        name: 'admin-sync-settings',
        component: () => sync().then(pages => pages.SettingsPage),
        meta: { texts: ['forms'], title: 'admin.sync.settings.title' },
      },
      { path: 'rules', name: 'admin-rules', component: () => messages().then(pages => pages.RulesPage), meta: { texts: ['forms', 'messages'], title: 'admin.rules.title' } },
      { path: 'templates', name: 'admin-templates', component: () => messages().then(pages => pages.TemplatesPage), meta: { texts: ['forms', 'messages'], title: 'admin.templates.title' } },
      { path: 'announcements', name: 'admin-announce', component: () => messages().then(pages => pages.AnnouncePage), meta: { texts: ['forms', 'messages'], title: 'admin.announce.title' } },
      {
        path: 'organization/:id/handover',
        name: 'admin-handover',
        component: () => import('../pages/admin/handover/HandoverPage.vue'),
        meta: { texts: ['forms'], title: 'admin.handover.title' },
      },
      {
        path: 'accounts',
        name: 'admin-accounts',
        component: () => people().then(pages => pages.AccountsPage),
        meta: { texts: ['people'], title: 'admin.accounts.title' },
      },
      {
        path: 'accounts/requests',
        name: 'admin-accounts-requests',
        component: () => people().then(pages => pages.RequestsPage),
        meta: { texts: ['people'], title: 'people.requests.title' },
      },
      {
        path: 'accounts/:id',
        name: 'admin-accounts-one',
        component: () => people().then(pages => pages.AccountPage),
        meta: { texts: ['people', 'forms'], title: 'people.account.title' },
      },
      { path: 'roles', name: 'admin-roles', component: () => people().then(pages => pages.RolesPage), meta: { texts: ['people'], title: 'admin.roles.title' } },
      { path: 'calendar', name: 'admin-calendar', component: () => people().then(pages => pages.CalendarPage), meta: { texts: ['people'], title: 'admin.calendar.title' } },
      { path: 'audit', name: 'admin-audit', component: () => people().then(pages => pages.AuditPage), meta: { texts: ['people', 'messages'], title: 'admin.audit.title' } },
      { path: 'logins', name: 'admin-logins', component: () => people().then(pages => pages.LoginsPage), meta: { texts: ['people', 'problems'], title: 'admin.logins.title' } },
      {
        path: 'organization',
        name: 'admin-organization',
        component: () => import('../pages/admin/organization/OrganizationPage.vue'),
        meta: { title: 'admin.organization.title' },
      },
      { path: 'delivery', name: 'admin-delivery', component: () => delivery().then(pages => pages.DeliveryPage), meta: { texts: ['forms', 'messages'], title: 'admin.delivery.title' } },
      {
        path: 'delivery/settings',
        name: 'admin-delivery-settings',
        component: () => delivery().then(pages => pages.SettingsPage),
        meta: { texts: ['forms'], title: 'admin.delivery.settings.title' },
      },
      {
        path: 'delivery/:id',
        name: 'admin-delivery-sending',
        component: () => delivery().then(pages => pages.SendingPage),
        meta: { texts: ['messages'], title: 'admin.delivery.sending.title' },
      },
    ],
  },
]
