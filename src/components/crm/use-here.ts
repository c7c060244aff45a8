import type { Place } from '../../container/phone/index.ts'
import { ref } from 'vue'
import { AccessRefused, ContainerError } from '../../container/index.ts'
import { usePhone } from '../../container/phone/index.ts'
import { t, textFor } from '../../locales/index.ts'
import { useConsent } from './use-consent.ts'

/** The place one stands at, with consent, and in words why it could not be found. */
export function useHere() {
  const phone = usePhone()
  const consent = useConsent()
  const busy = ref(false)
  const problem = ref('')
  const refused = ref(false)

  return {
    isSupported: phone.can.locate,
    busy,
    problem,
    /** Only a reload helps. */
    refused,
    async find(): Promise<Place | null> {
      problem.value = ''
      refused.value = false
      if (!(await consent.ask('location')))
        return null
      busy.value = true
      try {
        return await phone.locate()
      }
      catch (error) {
        refused.value = error instanceof AccessRefused
        const kind = error instanceof ContainerError ? error.kind : 'native'
        if (kind !== 'cancelled')
          problem.value = textFor(`forms.noPlace.${kind}`) ?? t('forms.noPlace.native')
        return null
      }
      finally {
        busy.value = false
      }
    },
  }
}
