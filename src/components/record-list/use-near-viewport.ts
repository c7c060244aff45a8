import type { Ref } from 'vue'
import { onMounted, onScopeDispose, watch } from 'vue'
import { scrollParent } from './scroll-parent.ts'

export interface UseNearViewportOptions {
  /** Pixels beyond the edge that still count as near. */
  margin: number
  onChange: (near: boolean) => void
  /** Looks again whenever this changes, even when the element is still where it was. */
  again?: () => unknown
}

/**
 * Tells when an element comes near what is visible of its scrolling ancestor, and leaves it.
 * Engines without IntersectionObserver (iOS before 12.2) are never told: content must not depend on it.
 */
export function useNearViewport(target: Readonly<Ref<Element | null>>, options: UseNearViewportOptions) {
  let observer: IntersectionObserver | undefined

  function observe() {
    const element = target.value
    observer?.disconnect()
    if (!element || typeof IntersectionObserver === 'undefined')
      return
    observer = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1)
        // A page put away by keep-alive or hidden has no box; that is not "far away".
        if (last && (last.isIntersecting || last.boundingClientRect.width > 0))
          options.onChange(last.isIntersecting)
      },
      { root: scrollParent(element), rootMargin: `${options.margin}px 0px` },
    )
    observer.observe(element)
  }

  onMounted(observe)
  watch(target, observe, { flush: 'post' })
  if (options.again)
    watch(options.again, observe, { flush: 'post' })
  onScopeDispose(() => observer?.disconnect())
}
