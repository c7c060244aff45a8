/** The pages below /admin/sync. */
export { default as ConflictsPage } from './conflicts/ConflictsPage.vue'
export { default as RunPage } from './run/RunPage.vue'
export { default as RunHistoryPage } from './RunHistoryPage.vue'
export { default as SettingsPage } from './settings/SettingsPage.vue'
export { default as SyncPage } from './SyncPage.vue'
