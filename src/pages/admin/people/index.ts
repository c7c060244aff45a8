/** The pages about people and what they did: one chunk, whoever opens one opens the next. */
export { default as AccountPage } from './account/AccountPage.vue'
export { default as AccountsPage } from './accounts/AccountsPage.vue'
export { default as RequestsPage } from './accounts/RequestsPage.vue'
export { default as AuditPage } from './audit/AuditPage.vue'
export { default as CalendarPage } from './calendar/CalendarPage.vue'
export { default as LoginsPage } from './logins/LoginsPage.vue'
export { default as RolesPage } from './roles/RolesPage.vue'
