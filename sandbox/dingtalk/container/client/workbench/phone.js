import { create } from './dom.js'
import { createHome } from './home.js'
import { icon } from './icons.js'
import { follow } from './opening.js'
import { createWebview } from './webview.js'

/** A phone: status bar, DingTalk's pages, and the app under a native navigation bar. */
export function createPhone({ host, origin, state, kind, userid }) {
  const webview = createWebview(origin, { onChange: draw, onEmpty: draw, open: openFromPage })
  const home = createHome({ state, userid, desktop: false, open: link => follow(host, link, ({ url }) => webview.push(url)) })
  const title = create('h2', { class: 'nav-title' })
  const backText = create('span')
  const back = create('button', { 'class': 'nav-button', 'aria-label': '返回', 'onclick': () => webview.back() }, icon('back'), backText)
  const right = create('div', { class: 'nav-right' })
  const nav = create('header', { class: 'nav-bar', ondblclick: () => webview.order({ type: 'event', name: 'navTitle' }) }, create('div', { class: 'nav-left' }, back, create('button', { 'class': 'nav-button', 'aria-label': '关闭页面', 'onclick': () => webview.clear() }, icon('close'))), title, right)
  const app = create('div', { class: 'app' }, nav, webview.element)
  const dingtalk = create('div', { class: 'dingtalk' }, home.panes, home.tabs)

  function openFromPage({ surface, url, settle }) {
    if (surface === 'external')
      window.open(url, '_blank', 'noopener')
    else
      webview.push(url, { opener: settle, surface })
  }

  function draw() {
    const chrome = webview.chrome()
    app.hidden = !chrome
    dingtalk.hidden = Boolean(chrome)
    if (!chrome)
      return
    nav.hidden = chrome.hidden === true
    nav.style.backgroundColor = chrome.color ? `#${chrome.color.slice(2)}${chrome.color.slice(0, 2)}` : ''
    title.textContent = chrome.title ?? ''
    backText.textContent = chrome.left?.text ?? ''
    back.hidden = chrome.left?.show === false
    right.replaceChildren(...(chrome.right ?? []).map(({ text, watch, data }) => create('button', { class: 'nav-button', onclick: () => webview.order({ type: 'tap', method: watch, data }) }, text ?? '更多')))
    if (chrome.help)
      right.prepend(create('button', { 'class': 'nav-button', 'aria-label': '帮助', 'onclick': () => webview.order({ type: 'tap', method: chrome.help }) }, '?'))
  }

  draw()
  void follow(host, null, ({ url }) => webview.push(url))
  return {
    element: create('div', { class: `phone ${kind}` }, statusBar(), create('div', { class: 'screen' }, dingtalk, app), bottomEdge(kind, webview)),
    reload: webview.reload,
    event: name => webview.order({ type: 'event', name }),
    /** Another person holds the phone: the app is opened anew, what it stored stays. */
    restart() {
      webview.clear()
      void home.refresh()
      void follow(host, null, ({ url }) => webview.push(url))
    },
    close() {
      webview.close()
      home.close()
    },
  }
}

function statusBar() {
  const now = new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' })
  return create('div', { 'class': 'status-bar', 'aria-hidden': 'true' }, create('b', {}, now), create('span', {}, icon('signal'), icon('wifi'), icon('battery')))
}

/** iPhones have a bar, the others a back key as well. */
function bottomEdge(kind, webview) {
  const bar = create('span', { class: 'home-bar' })
  return create('div', { class: 'home-indicator' }, kind === 'ios' ? undefined : create('button', { 'class': 'back-key', 'aria-label': '系统返回键', 'onclick': () => webview.back() }, icon('back')), bar)
}
