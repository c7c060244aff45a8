import type { IconName } from '../components/icon/paths.ts'
import type { TextKey } from '../locales/index.ts'

export interface NavItem {
  tab: 'workbench' | 'customers' | 'messages' | 'mine' | 'admin'
  path: string
  icon: IconName
  text: TextKey
}

const account: readonly NavItem[] = [
  { tab: 'workbench', path: '/', icon: 'home', text: 'common.nav.workbench' },
  { tab: 'customers', path: '/customers', icon: 'customers', text: 'common.nav.customers' },
  { tab: 'messages', path: '/messages', icon: 'bell', text: 'common.nav.messages' },
  { tab: 'mine', path: '/mine', icon: 'person', text: 'common.nav.mine' },
]

const admin: NavItem = { tab: 'admin', path: '/admin', icon: 'settings', text: 'common.nav.admin' }

/** The main destinations of whoever is in; break-glass sessions have one. */
export function navItems(who: { account: boolean, admin: boolean }): readonly NavItem[] {
  return [...(who.account ? account : []), ...(who.admin ? [admin] : [])]
}
