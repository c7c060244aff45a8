/*
 * One chunk: whoever looks at a list opens a record, writes a follow-up, edits. Import, conversion and
 * sheets come when they are wanted.
 */
export { default as DetailPage } from './detail/DetailPage.vue'
export { default as CreatePage } from './edit/CreatePage.vue'
export { default as EditPage } from './edit/EditPage.vue'
export { default as FollowUpPage } from './follow/FollowUpPage.vue'
export { default as RecordsPage } from './RecordsPage.vue'
export { warmForms } from './warm-forms.ts'
