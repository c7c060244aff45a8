import { useCapabilities } from '../../components/crm/use-capabilities.ts'
import { fetchForm } from '../../components/crm/use-form.ts'
import { loadAreas } from '../../locales/index.ts'

/*
 * One chunk: whoever looks at a list opens a record, writes a follow-up, edits. Import, conversion and
 * sheets come when they are wanted.
 */
export { default as DetailPage } from './detail/DetailPage.vue'
export { default as CreatePage } from './edit/CreatePage.vue'
export { default as EditPage } from './edit/EditPage.vue'
export { default as FollowUpPage } from './follow/FollowUpPage.vue'
export { default as RecordsPage } from './RecordsPage.vue'

/** The forms and words of follow-ups and plans, for when there is no network. */
export async function warmForms(): Promise<void> {
  const hasPlans = useCapabilities().value?.kinds.some(({ kind }) => kind === 'plans') !== false
  await Promise.all([loadAreas(['records', 'forms']), fetchForm('follow-ups'), ...(hasPlans ? [fetchForm('plans')] : [])])
}
