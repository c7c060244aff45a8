import type { RouteRecordRaw } from 'vue-router'
import EntryPage from '../pages/entry/EntryPage.vue'

/** For administrators and whose roles let them announce. */
const announcing = (page: 'AnnouncePage' | 'AnnouncementResultsPage') => () => import('../pages/admin/messages/index.ts').then(pages => pages[page])

/** Getting in and out, and what belongs to the person. */
export const accountRoutes: RouteRecordRaw[] = [
  { path: '/entry', name: 'entry', component: EntryPage, meta: { access: 'public', bare: true, title: 'entry.title' } },
  {
    path: '/logged-out',
    name: 'logged-out',
    component: () => import('../pages/entry/LoggedOutPage.vue'),
    meta: { access: 'public', bare: true, title: 'entry.loggedOut.title' },
  },
  {
    path: '/setup',
    name: 'setup',
    component: () => import('../pages/setup/SetupPage.vue'),
    meta: { access: 'public', bare: true, texts: ['setup', 'forms', 'admin'], title: 'setup.title' },
  },
  {
    path: '/admin-link',
    name: 'admin-link',
    component: () => import('../pages/setup/AdminLinkPage.vue'),
    meta: { access: 'public', bare: true, texts: ['setup', 'problems'], title: 'setup.link.title' },
  },
  {
    path: '/messages',
    name: 'messages',
    component: () => import('../pages/messages/MessagesPage.vue'),
    meta: { tab: 'messages', texts: ['messages'], title: 'common.nav.messages' },
  },
  {
    path: '/messages/announcements/:id',
    name: 'announcement',
    component: () => import('../pages/messages/AnnouncementPage.vue'),
    meta: { tab: 'messages', texts: ['messages'], title: 'common.nav.messages' },
  },
  {
    path: '/announcements',
    name: 'announce',
    component: announcing('AnnouncePage'),
    meta: { ability: 'announce', tab: 'messages', texts: ['admin', 'forms', 'messages'], title: 'common.nav.messages' },
  },
  {
    path: '/announcements/:id/results',
    name: 'announcement-results',
    component: announcing('AnnouncementResultsPage'),
    meta: { tab: 'messages', texts: ['admin', 'forms', 'messages'], title: 'common.nav.messages' },
  },
  {
    path: '/mine/messages',
    name: 'message-preferences',
    component: () => import('../pages/mine/messages/PreferencesPage.vue'),
    meta: { tab: 'mine', texts: ['forms', 'messages'], title: 'common.nav.messages' },
  },
  {
    // What a work notification opens; the record's own page takes its place.
    path: '/n/:id',
    name: 'message-link',
    component: () => import('../pages/messages/LinkPage.vue'),
    meta: { texts: ['messages'], title: 'common.nav.messages' },
  },
  {
    // Connecting to a CRM that has accounts of its own.
    path: '/crm-login',
    name: 'crm-login',
    component: () => import('../pages/crm-login/CrmLoginPage.vue'),
    meta: { texts: ['crmLogin'], title: 'mine.crm.title' },
  },
  { path: '/mine', name: 'mine', component: () => import('../pages/mine/MinePage.vue'), meta: { tab: 'mine', title: 'mine.title' } },
  { path: '/:path(.*)*', name: 'not-found', component: () => import('../pages/NotFoundPage.vue'), meta: { title: 'common.notFound.title' } },
]
