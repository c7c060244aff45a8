import type { IconName } from '../../components/icon/paths.ts'

export interface MenuEntry {
  /** The route; its name is also the beginning of the names of the pages below it. */
  name: string
  icon: IconName
  /** Texts: `admin.{area}.title` and `admin.{area}.text`. */
  area: string
  /** Break-glass sessions get it, too: settings, diagnosis and synchronisation, never people's data (server/contract/session.ts). */
  operator?: true
}

export interface MenuGroup {
  /** Text: `admin.groups.{key}`. */
  key: 'connect' | 'organization' | 'people' | 'notify' | 'records'
  entries: readonly MenuEntry[]
}

/** Everything in the admin area. A page is added here and in src/router/admin.ts; groups without entries are not shown. */
export const menuGroups: readonly MenuGroup[] = [
  {
    key: 'connect',
    entries: [
      { name: 'admin-guide', icon: 'check', area: 'guide', operator: true },
      { name: 'admin-dingtalk', icon: 'settings', area: 'dingtalk', operator: true },
      { name: 'admin-doctor', icon: 'info', area: 'doctor', operator: true },
    ],
  },
  {
    key: 'organization',
    entries: [
      { name: 'admin-sync', icon: 'sync', area: 'sync', operator: true },
      { name: 'admin-organization', icon: 'people', area: 'organization' },
      { name: 'admin-calendar', icon: 'calendar', area: 'calendar' },
    ],
  },
  {
    key: 'people',
    entries: [
      { name: 'admin-accounts', icon: 'person', area: 'accounts' },
      { name: 'admin-roles', icon: 'shield', area: 'roles' },
    ],
  },
  {
    key: 'notify',
    entries: [
      { name: 'admin-rules', icon: 'bell', area: 'rules' },
      { name: 'admin-templates', icon: 'comment', area: 'templates' },
      { name: 'admin-announce', icon: 'megaphone', area: 'announce' },
      { name: 'admin-delivery', icon: 'refresh', area: 'delivery' },
    ],
  },
  {
    key: 'records',
    entries: [
      { name: 'admin-logins', icon: 'key', area: 'logins', operator: true },
      { name: 'admin-audit', icon: 'list', area: 'audit' },
    ],
  },
]
