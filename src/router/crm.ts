import type { RouteRecordRaw } from 'vue-router'
import type { RecordKind } from '#contract/crm/kinds.ts'
import { askTodayAhead } from '../pages/workbench/today-ahead.ts'
import WorkbenchPage from '../pages/workbench/WorkbenchPage.vue'

/** One chunk for what everybody does with records; see its index. */
const pages = () => import('../pages/records/index.ts')

/** The tab of the app a kind belongs to; those without one of their own stand beside another. */
const tabs = { 'leads': 'leads', 'customers': 'customers', 'contacts': 'customers', 'opportunities': 'opportunities', 'follow-ups': 'workbench', 'plans': 'workbench' } as const

/**
 * The pages of a kind of record. The list stays mounted around its children: beside them on wide
 * screens, put away on phones.
 */
function area(kind: RecordKind): RouteRecordRaw {
  const create = kind === 'follow-ups' ? () => pages().then(of => of.FollowUpPage) : () => pages().then(of => of.CreatePage)
  const importable = kind === 'leads' || kind === 'customers' || kind === 'contacts'
  return {
    path: `/${kind}`,
    name: kind,
    component: () => pages().then(of => of.RecordsPage),
    props: { kind },
    meta: { tab: tabs[kind], texts: ['records', 'forms'], title: `crm.kinds.${kind}` },
    children: [
      { path: 'new', name: `${kind}-new`, component: create, meta: { title: `crm.create.${kind}` } },
      ...(importable ? [{ path: 'import', name: `${kind}-import`, component: () => import('../pages/records/import/ImportPage.vue') }] : []),
      { path: ':id', name: `${kind}-record`, component: () => pages().then(of => of.DetailPage), meta: { title: `crm.one.${kind}` } },
      { path: ':id/edit', name: `${kind}-edit`, component: () => pages().then(of => of.EditPage) },
      ...(kind === 'leads' ? [{ path: ':id/convert', name: 'leads-convert', component: () => import('../pages/records/steps/ConvertPage.vue') }] : []),
    ],
  }
}

/** Workbench, records, and what leads to them. */
export const crmRoutes: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'workbench',
    // Where nearly every visit starts or ends: part of the first chunk.
    component: WorkbenchPage,
    beforeEnter: () => askTodayAhead(),
    meta: { tab: 'workbench', title: 'workbench.title' },
  },
  ...(['leads', 'customers', 'contacts', 'opportunities', 'follow-ups', 'plans'] as const).map(area),
  { path: '/search', name: 'search', component: () => import('../pages/search/SearchPage.vue'), meta: { tab: 'workbench', texts: ['records'], title: 'records.search.title' } },
  { path: '/drafts', name: 'drafts', component: () => import('../pages/drafts/DraftsPage.vue'), meta: { tab: 'workbench', texts: ['records'], title: 'records.drafts.title' } },
]
