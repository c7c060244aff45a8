import type { FormValues } from '../../../components/record-form/types.ts'
import type { RecordFormState } from '../../../components/record-form/use-record-form.ts'
import { isLocal } from '../../../components/pictures/sources.ts'
import { listOf } from '../../../components/record-form/values.ts'

/** Of a form whose pictures were sent before the rest was refused: they have ids of the server now, and are not on this device any more. */
export function takeSentPictures(form: RecordFormState, sent: FormValues | undefined): void {
  for (const [key, value] of Object.entries(sent ?? {})) {
    if (listOf(form.values.value[key]).some(isLocal))
      form.set(key, value)
  }
}
