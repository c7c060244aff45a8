import { onActivated, onDeactivated, watchEffect } from 'vue'
import { useContainer } from '../container/index.ts'
import { whenIdle } from '../support/idle.ts'

let nativeTitle = ''

/**
 * Names the window, and on phones in the client its native title bar. The client shows
 * document.title by itself while a page loads, so the first native call waits for the first screen.
 */
export function nameWindow(title: string): void {
  document.title = title
  const container = useContainer()
  if (!container.hasNativeBar || title === nativeTitle)
    return
  const first = nativeTitle === ''
  nativeTitle = title
  const tell = () => void container.setTitle(nativeTitle)
  if (first)
    whenIdle(tell)
  else tell()
}

/**
 * A page's title for as long as it is shown. On phones in the client the native bar replaces our
 * header; the PC client draws none above the page (dingtalk-jsapi §6), so there ours stays.
 */
export function usePageTitle(title: () => string): { ownHeader: boolean } {
  let active = true
  const show = () => {
    const name = title()
    if (active)
      nameWindow(name)
  }
  watchEffect(show)
  // What keep-alive has put away must not name the window, and does so again when it is back.
  onActivated(() => {
    active = true
    show()
  })
  onDeactivated(() => {
    active = false
  })
  return { ownHeader: !useContainer().hasNativeBar }
}
