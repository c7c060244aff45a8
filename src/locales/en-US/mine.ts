import type { CoreTexts } from '../types.ts'

const texts: CoreTexts['mine'] = {
  crm: { title: 'Cordys CRM account', text: 'Connect, see or disconnect your account in Cordys CRM' },
  title: 'Me',
  departments: 'Departments',
  leader: 'Leader',
  role: 'Role',
  roles: { admin: 'CRM administrator', member: 'Member' },
  mobile: 'Mobile',
  email: 'E-mail',
  language: 'Language',
  languages: { 'zh-CN': '简体中文', 'en-US': 'English' },
  theme: 'Appearance',
  themeHint: 'Follows the system',
  admin: 'Administration',
  adminHint: 'DingTalk settings, organisation sync, org tree',
  messages: 'Message settings',
  messagesHint: 'Which messages to get, quiet hours',
  logout: 'Log out',
  logoutConfirm: 'You will not be logged in automatically until you ask for it.',
  logoutDrafts: '{n} draft or unsent record is only on this device; logging out deletes it. | {n} drafts or unsent records are only on this device; logging out deletes them.',
  logoutFailed: 'Could not log out: {reason}',
}

export default texts
