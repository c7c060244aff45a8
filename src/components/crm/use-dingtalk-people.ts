import type { Named } from '../record-form/types.ts'
import { ref } from 'vue'
import { request } from '../../api/index.ts'
import { AccessRefused, ContainerError } from '../../container/index.ts'
import { usePhone } from '../../container/phone/index.ts'
import { listWords, t } from '../../locales/index.ts'
import { describeError } from '../feedback/describe-error.ts'

/** DingTalk's own people picker: it answers userids, and whoever has no account here is named as such. */
export function useDingTalkPeople() {
  const phone = usePhone()
  const busy = ref(false)
  const notice = ref('')
  const refused = ref(false)

  return {
    isSupported: phone.can.choosePeople,
    busy,
    /** What went wrong, or who was left out. */
    notice,
    /** Only a reload helps. */
    refused,
    async pick(wanted: { title: string, multiple: boolean, max: number }): Promise<Named[]> {
      busy.value = true
      notice.value = ''
      refused.value = false
      try {
        const picked = await phone.choosePeople({ ...wanted, limitTips: t('forms.mostPeople', { n: wanted.max }) })
        if (picked.length === 0)
          return []
        const { owners, unbound = [] } = await request('GET /api/crm/owners', { query: { userids: picked.map(({ userid }) => userid).join(',') } })
        if (unbound.length > 0) {
          const names = picked.filter(({ userid }) => unbound.includes(userid)).map(({ userid, name }) => name || userid)
          notice.value = t('forms.unboundPeople', { names: listWords(names) })
        }
        return owners
      }
      catch (error) {
        refused.value = error instanceof AccessRefused
        if (!(error instanceof ContainerError))
          notice.value = describeError(error).message
        else if (error.kind !== 'cancelled')
          notice.value = t('forms.noDingTalkPeople')
        return []
      }
      finally {
        busy.value = false
      }
    },
  }
}
