import type { RecordRow } from '#contract/crm/records.ts'
import { getCurrentScope, onScopeDispose } from 'vue'
import { useRouter } from 'vue-router'
import { t } from '../../locales/index.ts'
import { newRoute } from '../crm/kinds.ts'
import { ask, tell } from '../dialog/index.ts'
import { telHref } from './tel.ts'

/** Milliseconds: a page that was never left by then shows no call screen (a desk without a phone). */
const noCallAfter = 4000
/** A return later than this is not from the call. */
const callEnds = 2 * 3_600_000

/**
 * Calls by the phone itself (`tel:` works in every client, dingtalk-jsapi §6), and offers to write
 * down what was said as soon as one is back.
 */
export function useCall() {
  const router = useRouter()
  let stop = () => {}
  if (getCurrentScope())
    onScopeDispose(() => stop())

  async function offer(record: Pick<RecordRow, 'kind' | 'id' | 'name' | 'rights'>) {
    if (!record.rights.includes('follow'))
      return
    if (await ask({ title: t('crm.afterCall.title'), text: t('crm.afterCall.text', { name: record.name }), yes: t('crm.afterCall.yes'), no: t('crm.afterCall.no') }))
      await router.push(newRoute('follow-ups', record, { method: 'phone' }))
  }

  async function call(number: string, record: Pick<RecordRow, 'kind' | 'id' | 'name' | 'rights'>) {
    const href = telHref(number)
    if (!href) {
      await tell(t('crm.noNumber'))
      return
    }
    stop()
    const startedAt = Date.now()
    let left = false
    const back = () => {
      if (document.hidden) {
        left = true
        return
      }
      if (!left && Date.now() - startedAt < noCallAfter)
        return
      stop()
      if (Date.now() - startedAt < callEnds)
        void offer(record)
    }
    const timer = setTimeout(back, noCallAfter)
    document.addEventListener('visibilitychange', back)
    stop = () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', back)
    }
    location.href = href
  }

  return { call }
}
