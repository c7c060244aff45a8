import { badge, create } from './dom.js'
import { appIcon, icon } from './icons.js'
import { createMessages } from './messages.js'

/** DingTalk's own pages on a device: 消息 with 工作通知, and 工作台 with the app. */
export function createHome({ state, userid, desktop, open }) {
  const unread = create('span', { class: 'tab-badge' })
  const messages = createMessages({ userid, desktop, appName: state.app.name, open, onUnread: count => unread.replaceChildren(...[badge(count)].filter(Boolean)) })
  const notifications = create('div', { class: 'pane' }, create('h2', {}, icon('bell'), '工作通知'), messages.element)
  const apps = create('div', { class: 'pane' }, create('h2', {}, '工作台'), create('p', { class: 'corp' }, state.app.corpName), create('div', { class: 'tiles' }, create('button', { class: 'tile', onclick: () => open(null) }, appIcon(state.app.name), state.app.name)))
  const tabs = [['message', '消息', notifications, unread], ['apps', '工作台', apps]].map(([symbol, label, pane, mark]) => {
    const button = create('button', { onclick: () => select(pane) }, icon(symbol), create('span', {}, label), mark)
    return { pane, button }
  })

  function select(pane) {
    tabs.forEach((tab) => {
      tab.pane.hidden = tab.pane !== pane
      tab.button.setAttribute('aria-pressed', String(tab.pane === pane))
    })
  }
  select(apps)

  return {
    panes: create('div', { class: 'panes' }, notifications, apps),
    tabs: create('nav', { 'class': 'tabs', 'aria-label': '钉钉' }, tabs.map(({ button }) => button)),
    onSelect: listener => tabs.forEach(({ button }) => button.addEventListener('click', listener)),
    refresh: messages.refresh,
    close: messages.close,
  }
}
