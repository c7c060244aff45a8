import { defineStore } from 'pinia'
import { computed } from 'vue'
import { sessionLink } from '../../api/session-link.ts'
import { useContainer } from '../../container/index.ts'
import { browserApi, browserPage } from './browser.ts'
import { createSession } from './machine.ts'

export type { Problem, ProblemCode } from './problem.ts'
export type { Outcome, Progress } from './types.ts'

type Show = (page: 'entry' | 'logged-out') => void

/** Who is logged in. Components read `account` and `isAdmin`; the pages under entry/ do the rest. */
export const useSession = defineStore('session', () => {
  let show: Show = () => {}
  const machine = createSession({ api: browserApi(), container: useContainer(), page: browserPage(page => show(page)) })
  Object.assign(sessionLink, { epoch: machine.epoch, recover: machine.recover, proven: machine.prove })
  const { session } = machine

  return {
    ...machine,
    /** The person with an account, or null for operators and strangers. */
    account: computed(() => (session.value?.kind === 'account' ? session.value.account : null)),
    /** May open /admin: a CRM administrator or a break-glass session. */
    isAdmin: computed(() => session.value?.kind === 'operator' || (session.value?.kind === 'account' && session.value.account.role === 'admin')),
    /** When a break-glass session ends (ISO 8601), else null. */
    operatorUntil: computed(() => (session.value?.kind === 'operator' ? session.value.expiresAt : null)),
    /** How to leave the current page; set once by the router. */
    onShow: (how: Show): void => {
      show = how
    },
  }
})
