export { default as AnnouncementResultsPage } from './AnnouncementResultsPage.vue'
export { default as AnnouncePage } from './AnnouncePage.vue'
export { default as RulesPage } from './RulesPage.vue'
export { default as TemplatesPage } from './TemplatesPage.vue'
