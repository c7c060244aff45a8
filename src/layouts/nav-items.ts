import type { RecordKind } from '#contract/crm/kinds.ts'
import type { IconName } from '../components/icon/paths.ts'
import type { TextKey } from '../locales/index.ts'

export interface NavItem {
  key: string
  tab: 'workbench' | 'customers' | 'leads' | 'opportunities' | 'messages' | 'mine' | 'admin'
  path: string
  icon: IconName
  text: TextKey
  /** Where a person of a CRM without this kind does not get. */
  kind?: RecordKind
  /** Only in the side bar, where there is room; on phones it is one tap further. */
  wide?: boolean
}

const account: readonly NavItem[] = [
  { key: 'workbench', tab: 'workbench', path: '/', icon: 'home', text: 'common.nav.workbench' },
  { key: 'customers', tab: 'customers', path: '/customers', icon: 'customers', text: 'crm.kinds.customers', kind: 'customers' },
  { key: 'contacts', tab: 'customers', path: '/contacts', icon: 'person', text: 'crm.kinds.contacts', kind: 'contacts', wide: true },
  { key: 'leads', tab: 'leads', path: '/leads', icon: 'lead', text: 'crm.kinds.leads', kind: 'leads' },
  { key: 'opportunities', tab: 'opportunities', path: '/opportunities', icon: 'opportunity', text: 'crm.kinds.opportunities', kind: 'opportunities' },
  { key: 'plans', tab: 'workbench', path: '/plans', icon: 'calendar', text: 'crm.kinds.plans', kind: 'plans', wide: true },
  { key: 'follow-ups', tab: 'workbench', path: '/follow-ups', icon: 'follow', text: 'crm.kinds.follow-ups', kind: 'follow-ups', wide: true },
  { key: 'messages', tab: 'messages', path: '/messages', icon: 'bell', text: 'common.nav.messages', wide: true },
  { key: 'mine', tab: 'mine', path: '/mine', icon: 'people', text: 'common.nav.mine' },
]

const admin: NavItem = { key: 'admin', tab: 'admin', path: '/admin', icon: 'settings', text: 'common.nav.admin' }

/**
 * The main destinations of whoever is in; break-glass sessions have one. `kinds` are those this CRM
 * has, null while that is not known.
 */
export function navItems(who: { account: boolean, admin: boolean, kinds: readonly RecordKind[] | null }): readonly NavItem[] {
  const own = who.account ? account.filter(item => !item.kind || !who.kinds || who.kinds.includes(item.kind)) : []
  return [...own, ...(who.admin ? [{ ...admin, wide: who.account }] : [])]
}
