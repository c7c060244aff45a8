// Native layers above the page (toasts, dialogs, pickers) live in a shadow root, out of reach of the
// page's styles. Built with DOM calls only, so that neither CSP nor Trusted Types can object.
(() => {
  const container = window.__dingtalkContainer
  let root

  /** Creates an element: `create('button', { class: 'x', onclick }, 'text', child)`. */
  container.create = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(properties)) {
      if (name.startsWith('on') || name === 'value' || name === 'checked' || name === 'disabled')
        element[name] = value
      else if (value !== undefined && value !== false)
        element.setAttribute(name, value)
    }
    element.append(...children.filter(child => child !== undefined && child !== null))
    return element
  }

  /** Shows a layer and returns the function that removes it. */
  container.layer = (element) => {
    shadow().append(element)
    return () => element.remove()
  }

  function shadow() {
    if (!root) {
      const host = document.createElement('dingtalk-layer')
      host.style.setProperty('all', 'initial')
      root = host.attachShadow({ mode: 'open' })
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(container.layerCss)
      root.adoptedStyleSheets = [sheet]
    }
    // Frameworks may replace the whole body, so the host hangs on the document element.
    if (!root.host.isConnected)
      document.documentElement.append(root.host)
    return root
  }
})()
