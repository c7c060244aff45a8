import type { RecordFormState } from '../../../components/record-form/use-record-form.ts'
import { shallowRef } from 'vue'
import { isApiError } from '../../../api/index.ts'

/**
 * Runs a save once at a time and sorts out what went wrong: at a field when the server named one,
 * else above the form. `onStale` takes over when somebody else was faster, `onDuplicate` when the
 * company has such a record already.
 */
export function useSave(form: RecordFormState, options: { onIssue: () => void, onStale?: (error: unknown) => Promise<void>, onDuplicate?: (error: unknown) => Promise<void> }) {
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
    const handler = error.code === 'stale_edit' ? options.onStale : error.code === 'duplicate_found' && error.issues.length === 0 ? options.onDuplicate : undefined
    if (handler) {
      await handler(error).catch((reason: unknown) => {
        failure.value = reason
      })
      return
    }
    const unplaced = form.takeIssues(error.issues)
    if (error.issues.length === 0 || unplaced.length > 0)
      failure.value = error
    else options.onIssue()
  }

  return { busy, failure, save }
}
