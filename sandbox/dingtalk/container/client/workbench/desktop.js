import { avatar, create } from './dom.js'
import { createHome } from './home.js'
import { appIcon, icon } from './icons.js'
import { follow } from './opening.js'
import { createWebview } from './webview.js'

const modalSizes = { middle: [440, 300], mini: [366, 120], default: [676, 545] }

/** A desktop client: the rail, DingTalk's pages, the app in a workbench tab, side panel and modal above it. */
export function createDesktop({ host, origin, state, kind, userid }) {
  const webview = createWebview(origin, { onChange: draw, onEmpty: draw, open })
  const panel = createWebview(origin, { onChange: draw, onEmpty: draw, open })
  const home = createHome({ state, userid, desktop: true, open: link => follow(host, link, open) })
  const tab = create('span')
  const panelTitle = create('span', { class: 'grow' })
  const tabs = create('div', { class: 'window-tabs' }, create('span', { class: 'window-tab' }, appIcon(state.app.name), tab, create('button', { 'aria-label': '关闭标签', 'onclick': () => webview.clear() }, icon('close'))))
  const panelBox = create('div', { class: 'panel' }, create('header', {}, create('button', { 'aria-label': '返回', 'onclick': () => panel.back() }, icon('back')), panelTitle, create('button', { 'aria-label': '关闭面板', 'onclick': () => panel.pop() }, icon('close'))), panel.element)
  const veil = create('div', { class: 'veil' }, panelBox)
  const app = create('div', { class: 'app' }, tabs, webview.element)
  const title = create('span', { class: 'grow' }, '钉钉')

  function open({ surface, url, settle, size, title }) {
    if (surface === 'external')
      return void window.open(url, '_blank', 'noopener')
    if (surface === 'page') {
      // The workbench keeps one tab per app.
      webview.clear()
      return webview.push(url)
    }
    const [width, height] = modalSizes[size] ?? modalSizes.default
    veil.className = `veil ${surface}`
    panelBox.style.cssText = surface === 'modal' ? `width:${width}px;height:${height}px` : ''
    panel.push(url, { opener: settle, surface, title })
  }

  function draw() {
    app.hidden = webview.depth() === 0
    home.panes.hidden = webview.depth() > 0
    veil.hidden = panel.depth() === 0
    tab.textContent = webview.chrome()?.title || state.app.name
    panelTitle.textContent = panel.chrome()?.title ?? ''
  }

  home.onSelect(() => webview.clear())
  draw()
  void follow(host, null, open)
  return {
    element: create('div', { class: `window ${kind}` }, create('header', { class: 'window-bar' }, create('span', { 'class': 'lights', 'aria-hidden': 'true' }), title), create('div', { class: 'window-body' }, create('div', { class: 'rail' }, avatar({ name: state.app.corpName.slice(0, 2) }), home.tabs), create('div', { class: 'content' }, home.panes, app, veil))),
    reload: webview.reload,
    event: name => webview.order({ type: 'event', name }),
    restart() {
      panel.clear()
      void home.refresh()
      void follow(host, null, open)
    },
    close() {
      webview.close()
      panel.close()
      home.close()
    },
  }
}
