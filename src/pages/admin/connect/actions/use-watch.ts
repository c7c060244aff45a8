import { onScopeDispose, shallowRef, watch } from 'vue'

/** Milliseconds between two looks, and for how long somebody is expected to be busy in DingTalk. */
const everyMs = 3000
const patienceMs = 180_000

/** Looks again and again until the moment of the last sighting changes: somebody is doing it right now. */
export function useWatch(seenAt: () => string | null, look: () => void) {
  const watching = shallowRef(false)
  let timer: ReturnType<typeof setInterval> | undefined
  let until = 0

  function stop() {
    clearInterval(timer)
    watching.value = false
  }

  function start() {
    stop()
    watching.value = true
    until = Date.now() + patienceMs
    timer = setInterval(() => (Date.now() < until ? look() : stop()), everyMs)
  }

  watch(seenAt, stop)
  onScopeDispose(stop)
  return { watching, start, stop }
}
