/** The nearest ancestor that scrolls vertically, or null when the window does. */
export function scrollParent(element: Element): Element | null {
  for (let node = element.parentElement; node && node !== document.body && node !== document.documentElement; node = node.parentElement) {
    if (/auto|scroll|overlay/.test(getComputedStyle(node).overflowY))
      return node
  }
  return null
}
