import type { RecordFormState } from '../../../components/record-form/use-record-form.ts'
import { shallowRef } from 'vue'
import { isApiError } from '../../../api/index.ts'

/**
 * Runs a save once at a time and sorts out what went wrong: at a field when the server named one,
 * else above the form. `onStale` takes over when somebody else was faster; when the company has such
 * a record already, `onDuplicate` says whether to send it all the same.
 */
export function useSave(form: RecordFormState, options: { onIssue: () => void, onStale?: (error: unknown) => Promise<void>, onDuplicate?: () => Promise<boolean> }) {
  const busy = shallowRef(false)
  const failure = shallowRef<unknown>(null)

  async function save(send: () => Promise<void>) {
    if (busy.value)
      return
    busy.value = true
    failure.value = null
    let again = false
    try {
      await send()
    }
    catch (error) {
      again = await explain(error).catch((reason: unknown) => {
        failure.value = reason
        return false
      })
    }
    finally {
      busy.value = false
    }
    if (again)
      await save(send)
  }

  /** @returns whether to send once more */
  async function explain(error: unknown): Promise<boolean> {
    if (!isApiError(error)) {
      failure.value = error
      return false
    }
    if (error.code === 'stale_edit' && options.onStale) {
      await options.onStale(error)
      return false
    }
    if (error.code === 'duplicate_found' && error.issues.length === 0 && options.onDuplicate)
      return options.onDuplicate()
    const unplaced = form.takeIssues(error.issues)
    if (error.issues.length === 0 || unplaced.length > 0)
      failure.value = error
    else options.onIssue()
    return false
  }

  return { busy, failure, save }
}
