import type { Draft } from '../../../stores/outbox/index.ts'
import { onScopeDispose, watch } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import { ask, tell } from '../../../components/dialog/index.ts'
import { t } from '../../../locales/index.ts'
import { useOutbox } from '../../../stores/outbox/index.ts'
import { warmForms } from '../warm-forms.ts'

/** Milliseconds without a change before it is kept. */
const pause = 600

/**
 * Keeps what is being written on this device: DingTalk's page may be killed while the camera is open
 * (dingtalk-jsapi §6), and a phone call is enough to leave it.
 */
export function useDraft(options: {
  key: string
  /** What the form was opened with, of one that is gone on with. */
  draft: Draft | undefined
  /** Something was typed since it was opened. */
  dirty: () => boolean
  /** Nothing is left that could be sent: of a change, all of it was typed back. */
  empty?: () => boolean
  compose: () => Draft
  values: () => unknown
  /** On leaving, asks whether the draft shall stay. */
  asks?: boolean
}) {
  const outbox = useOutbox()
  let opened = options.draft
  /** What is kept is no longer what was opened. */
  let written = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let on = true
  let warned = false
  // What is asked on leaving and shown of a draft must be here before the network is gone.
  void warmForms().catch(() => {})

  function keepNow() {
    clearTimeout(timer)
    if (!on)
      return
    if (!options.dirty()) {
      putBack()
      return
    }
    written = true
    if (options.empty?.())
      outbox.drop(options.key)
    else void outbox.keep(options.compose()).then(warnOnce)
  }

  function warnOnce(whole: boolean) {
    if (whole || warned)
      return
    warned = true
    void tell(t('crm.drafts.unsafe'))
  }

  /** As it was when the form was opened: a change that waited is in the queue again. */
  function putBack() {
    clearTimeout(timer)
    if (!written)
      return
    written = false
    if (opened)
      void outbox.keep(opened)
    else outbox.drop(options.key)
  }

  watch(options.values, () => {
    clearTimeout(timer)
    if (on)
      timer = setTimeout(keepNow, pause)
  }, { deep: false })

  async function leave() {
    if (!on || !options.asks)
      return
    // Whoever turns away from the question, by Esc or the way back, loses nothing.
    const losing = options.dirty() && !options.empty?.()
      && await ask({ title: t(`crm.drafts.ask.${opened ? 'change' : 'title'}`), text: t(`crm.drafts.ask.${opened ? 'changeText' : 'text'}`), yes: t('crm.drafts.ask.yes'), no: t('crm.drafts.ask.no'), danger: true })
    if (losing)
      putBack()
    else keepNow()
    on = false
  }
  onBeforeRouteLeave(leave)
  onBeforeRouteUpdate((to, from) => to.path === from.path ? undefined : leave())

  const onHide = () => document.hidden && keepNow()
  document.addEventListener('visibilitychange', onHide)
  window.addEventListener('pagehide', keepNow)
  onScopeDispose(() => {
    keepNow()
    document.removeEventListener('visibilitychange', onHide)
    window.removeEventListener('pagehide', keepNow)
  })

  return {
    /** From now on the form is sent, or left alone: nothing is kept any more but what was. */
    stop: () => {
      keepNow()
      on = false
    },
    start: () => {
      on = true
      // What was refused is what one is back at: its pictures may have been sent.
      opened &&= outbox.find(options.key)
    },
    /** What is kept goes, and nothing is kept from now on. */
    discard: () => {
      clearTimeout(timer)
      on = false
      outbox.drop(options.key)
    },
  }
}
