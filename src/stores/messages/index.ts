import type { UnreadCount } from '#contract/messages/inbox.ts'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { follow, request } from '../../api/index.ts'
import { useTexts } from '../../locales/index.ts'
import { whenIdle } from '../../support/idle.ts'
import { useSession } from '../session/index.ts'

/** Milliseconds between two questions where the stream is not to be had (a proxy that cuts it). */
const askEvery = 60_000
/** Questions at most until the stream is tried again. */
const mostQuestions = 32

/** How many messages the person has not read; live while the page is looked at. */
export const useMessages = defineStore('messages', () => {
  const session = useSession()
  const { locale } = useTexts()
  const count = shallowRef<UnreadCount | null>(null)
  let stop: (() => void) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Questions until the stream is tried again: twice as many each time it breaks without having said anything. */
  let questions = 1

  function take(next: UnreadCount) {
    count.value = next
  }

  /** Asks anew; a failure leaves the number as it was. @returns whether there was an answer */
  async function ask(): Promise<boolean> {
    try {
      take(await request('GET /api/crm/messages/unread'))
      return true
    }
    catch {
      // The stream or the next question tells.
      return false
    }
  }

  function listen() {
    pause()
    if (!session.account || document.hidden)
      return
    stop = follow('GET /api/crm/messages/live', {}, {
      onEvent(next) {
        questions = 1
        take(next)
      },
      onLost() {
        askLater(questions)
        questions = Math.min(questions * 2, mostQuestions)
      },
    })
  }

  /** Asks now and then instead; after so many answers the stream may be there again. */
  function askLater(left: number) {
    const mine = timer = setTimeout(async () => {
      const answered = await ask()
      if (mine !== timer)
        return
      if (answered && left <= 1)
        listen()
      else askLater(answered ? left - 1 : left)
    }, askEvery)
  }

  function pause() {
    stop?.()
    clearTimeout(timer)
    stop = timer = undefined
  }

  /** Follows the number from now on; once for the whole page. */
  function start() {
    watch(() => session.account?.id, (id) => {
      count.value = null
      pause()
      // After the first screen: a stream takes one of the browser's six connections.
      if (id)
        whenIdle(() => void ask().then(listen))
    }, { immediate: true })
    // People are written to in the language they read in.
    watch(locale, () => session.account && void ask())
    document.addEventListener('visibilitychange', () => document.hidden ? pause() : session.account && void ask().then(listen))
  }

  return { count, unread: computed(() => count.value?.unread ?? 0), take, start }
})
