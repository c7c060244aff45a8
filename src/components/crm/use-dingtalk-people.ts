import type { Named } from '../record-form/types.ts'
import { ref } from 'vue'
import { request } from '../../api/index.ts'
import { ContainerError } from '../../container/index.ts'
import { usePhone } from '../../container/phone/index.ts'
import { listWords, t } from '../../locales/index.ts'
import { describeError } from '../feedback/describe-error.ts'

/** DingTalk's own people picker: it answers userids, and whoever has no account here is named as such. */
export function useDingTalkPeople() {
  const phone = usePhone()
  const busy = ref(false)
  const notice = ref('')

  return {
    isSupported: phone.can.choosePeople,
    busy,
    /** What went wrong, or who was left out. */
    notice,
    async pick(wanted: { title: string, multiple: boolean, max: number }): Promise<Named[]> {
      busy.value = true
      notice.value = ''
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
