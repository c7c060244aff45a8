import { create } from './dom.js'

const panelClosed = { errorCode: '-1', errorMessage: '用户关闭' }

/**
 * A stack of pages of one device, the native side of client/bridge/shell.js. `onChange` is called whenever the
 * frame around the page has to be drawn again; `open` receives surfaces the stack itself does not show.
 */
export function createWebview(origin, { onChange, open, onEmpty }) {
  const element = create('div', { class: 'webview' })
  const pages = []

  function push(url, { opener, surface = 'page', title = '' } = {}) {
    const frame = create('iframe', { src: url, title: title || '页面', allow: 'clipboard-write; fullscreen' })
    const page = { frame, url, opener, surface, chrome: { title } }
    pages.at(-1)?.frame.setAttribute('hidden', '')
    pages.push(page)
    element.append(frame)
    onChange()
  }

  /** Closes the top page; a page that was opened as a panel reports to its opener. */
  function pop(ok = false, data = panelClosed) {
    const page = pages.pop()
    page?.frame.remove()
    page?.opener?.(ok, data)
    pages.at(-1)?.frame.removeAttribute('hidden')
    if (pages.length === 0)
      onEmpty()
    else
      order({ type: 'event', name: 'resume' })
    onChange()
  }

  function order(message, page = pages.at(-1)) {
    page?.frame.contentWindow?.postMessage({ ...message, to: 'dingtalk-device' }, origin)
  }

  const effects = {
    'ready': (page, { url }) => {
      const query = new URL(url).searchParams
      page.chrome = { title: page.chrome.title, hidden: query.get('dd_full_screen') === 'true', color: query.get('dd_nav_bgcolor') }
    },
    'document-title': (page, { title }) => Object.assign(page.chrome, { title }),
    'title': (page, { title }) => Object.assign(page.chrome, { title }),
    'right': (page, { show, text, watch }) => Object.assign(page.chrome, { right: show ? [{ text, watch }] : [] }),
    'menu': (page, { items, watch }) => Object.assign(page.chrome, { right: items.map(({ id, text }) => ({ text, watch, data: { id } })) }),
    'left': (page, { show, text }) => Object.assign(page.chrome, { left: { show, text } }),
    'icon': (page, { show, watch }) => Object.assign(page.chrome, { help: show ? watch : undefined }),
    'bar': (page, { hidden }) => Object.assign(page.chrome, { hidden }),
    'close': () => pop(),
    'quit': (_page, { message }) => pop(true, message),
    'open': (page, message) => {
      const settle = message.settles ? (ok, data) => order({ type: 'settle', id: message.id, ok, data }, page) : undefined
      open({ ...message, settle })
    },
  }

  function hear(event) {
    const page = pages.find(({ frame }) => frame.contentWindow === event.source)
    if (!page || event.origin !== origin || event.data?.from !== 'dingtalk-device')
      return
    effects[event.data.type]?.(page, event.data)
    onChange()
  }
  window.addEventListener('message', hear)

  return {
    element,
    push,
    pop,
    order,
    chrome: () => pages.at(-1)?.chrome,
    depth: () => pages.length,
    back: () => order({ type: 'back' }),
    reload() {
      const page = pages.at(-1)
      if (page)
        page.frame.src = page.url
    },
    clear() {
      pages.splice(0).forEach(({ frame }) => frame.remove())
      onChange()
    },
    close: () => window.removeEventListener('message', hear),
  }
}
