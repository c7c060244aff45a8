import { readCapabilities } from '../../components/crm/use-capabilities.ts'
import { fetchForm } from '../../components/crm/use-form.ts'
import { fetchDialogs } from '../../components/dialog/index.ts'
import { fetchLazyFields } from '../../components/record-form/fields/lazy.ts'
import { loadAreas } from '../../locales/index.ts'

/** The words and forms of everything that can be made here, and where drafts are, for when there is no network. */
export async function warmForms(): Promise<void> {
  const [can] = await Promise.all([readCapabilities(), loadAreas(['records', 'forms']), fetchLazyFields(), fetchDialogs(), import('../drafts/DraftsPage.vue')])
  await Promise.all((can?.kinds ?? []).filter(one => one.create).map(one => fetchForm(one.kind)))
}
