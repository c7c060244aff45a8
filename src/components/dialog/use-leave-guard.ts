import { onScopeDispose } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import { t } from '../../locales/index.ts'
import { ask } from './index.ts'

/** Asks before unsaved changes are lost: on leaving the page, the record, or the tab. */
export function useLeaveGuard(dirty: () => boolean) {
  async function mayLeave() {
    return (
      !dirty()
      || (await ask({ title: t('forms.leave.title'), text: t('forms.leave.text'), yes: t('forms.leave.yes'), no: t('forms.leave.no'), danger: true }))
    )
  }

  function onUnload(event: BeforeUnloadEvent) {
    if (dirty())
      event.preventDefault()
  }

  onBeforeRouteLeave(mayLeave)
  onBeforeRouteUpdate((to, from) => to.path === from.path || mayLeave())
  window.addEventListener('beforeunload', onUnload)
  onScopeDispose(() => window.removeEventListener('beforeunload', onUnload))
}
