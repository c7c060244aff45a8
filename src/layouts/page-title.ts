import { watchEffect } from 'vue'
import { useContainer } from '../container/index.ts'

/**
 * Names the window, and on phones in the client its native title bar, which replaces ours. The PC
 * client draws none above the page (dingtalk-jsapi §6), so there our header stays.
 */
export function usePageTitle(title: () => string): { ownHeader: boolean } {
  const container = useContainer()
  watchEffect(() => {
    document.title = title()
    if (container.hasNativeBar)
      void container.setTitle(title())
  })
  return { ownHeader: !container.hasNativeBar }
}
