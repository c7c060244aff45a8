import { onActivated, watchEffect } from 'vue'
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
  else
    tell()
}

/**
 * A page's title for as long as it is shown. On phones in the client the native bar replaces our
 * header; the PC client draws none above the page (dingtalk-jsapi §6), so there ours stays.
 */
export function usePageTitle(title: () => string): { ownHeader: boolean } {
  const show = () => nameWindow(title())
  watchEffect(show)
  // A page that keep-alive brings back has nothing new to say, but the window says another name.
  onActivated(show)
  return { ownHeader: !useContainer().hasNativeBar }
}
