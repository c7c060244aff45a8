import type { RecordFormState } from '../../../components/record-form/use-record-form.ts'
import { shallowRef } from 'vue'
import { isApiError } from '../../../api/index.ts'
import { issueAliases } from './customer-form.ts'

/**
 * Runs a save once at a time and sorts out what went wrong: at a field when the server named one,
 * else above the form. `onStale` takes over when somebody else was faster.
 */
export function useSave(form: RecordFormState, options: { onIssue: () => void, onStale?: () => Promise<void> }) {
  const busy = shallowRef(false)
  const failure = shallowRef<unknown>(null)

  async function save(send: () => Promise<void>) {
    if (busy.value)
      return
    busy.value = true
    failure.value = null
    try {
      await send()
    }
    catch (error) {
      await explain(error)
    }
    finally {
      busy.value = false
    }
  }

  async function explain(error: unknown) {
    if (!isApiError(error)) {
      failure.value = error
      return
    }
    if (error.code === 'stale_edit' && options.onStale) {
      await options.onStale().catch((reason: unknown) => {
        failure.value = reason
      })
      return
    }
    const named = error.code === 'owner_unknown' ? [{ path: 'ownerId', message: error.code }] : error.issues
    const unplaced = form.takeIssues(named, issueAliases)
    if (named.length === 0 || unplaced.length > 0)
      failure.value = error
    else options.onIssue()
  }

  return { busy, failure, save }
}
