import type { Router } from 'vue-router'
import { shallowRef } from 'vue'
import { basePath } from '../support/base.ts'
import { read, write } from '../support/storage.ts'

export interface NotLoaded {
  /** The page that was wanted, below the base path. */
  to: string
  /** unreachable: the server does not answer; broken: it does, and a newer build did not help. */
  reason: 'unreachable' | 'broken'
}

/** The page whose code did not arrive; the layout says so above the page that stays. */
export const notLoaded = shallowRef<NotLoaded | null>(null)

/** Milliseconds a server may take to show that it is there. */
const probeLimit = 8000

/** Whether our server answers at all; a browser leaving for an address that does not loses the app. */
export async function serverAnswers(): Promise<boolean> {
  if (!navigator.onLine)
    return false
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), probeLimit)
  try {
    const answer = await fetch(basePath(), { method: 'HEAD', cache: 'no-store', credentials: 'same-origin', signal: abort.signal })
    return answer.ok
  }
  catch {
    return false
  }
  finally {
    clearTimeout(timer)
  }
}

/**
 * A page's code did not arrive. Either a newer build was deployed and the file is gone, which a
 * reload mends, once a minute at most; or the server is out of reach, and a reload would lose the app.
 */
export async function onNotLoaded(to: string, reload: (to: string) => void): Promise<void> {
  if (!(await serverAnswers())) {
    notLoaded.value = { to, reason: 'unreachable' }
    return
  }
  const last = Number(read('reloadedAt', 'sessionStorage'))
  if (Date.now() - last < 60_000) {
    notLoaded.value = { to, reason: 'broken' }
    return
  }
  write('reloadedAt', String(Date.now()), 'sessionStorage')
  reload(to)
}

/** The person taps for the page again: a reload is fine then, as often as they like. */
export async function tryAgain(router: Router): Promise<void> {
  const wanted = notLoaded.value
  if (!wanted || !(await serverAnswers()))
    return
  write('reloadedAt', null, 'sessionStorage')
  await router.push(wanted.to).then(
    () => {
      notLoaded.value = null
    },
    () => {},
  )
}
