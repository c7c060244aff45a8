import { onScopeDispose, shallowRef, watch } from 'vue'

/** Milliseconds between two looks, and for how long somebody is expected to be busy in DingTalk. */
const everyMs = 3000
const patienceMs = 180_000

/** Looks again and again until what was seen changes, such as the moment of the last sighting: somebody is doing it right now. */
export function useWatch(seen: () => string | null, look: () => void, patience = patienceMs) {
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
    until = Date.now() + patience
    timer = setInterval(() => (Date.now() < until ? look() : stop()), everyMs)
  }

  watch(seen, stop)
  onScopeDispose(stop)
  return { watching, start, stop }
}
