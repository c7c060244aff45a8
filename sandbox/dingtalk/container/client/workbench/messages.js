import { api, onNews } from './api.js'
import { create } from './dom.js'

const clock = new Intl.DateTimeFormat('zh-CN', { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' })

/** The list of work notifications of one employee, kept up to date. `open(link)` follows a tapped one. */
export function createMessages({ userid, desktop, appName, open, onUnread }) {
  const element = create('div', { class: 'messages' })

  async function refresh() {
    const messages = await api.messages(userid())
    const shown = messages.filter(message => !message.recalled)
    element.replaceChildren(...(shown.length > 0 ? shown.map(card) : [create('p', { class: 'nothing' }, '还没有工作通知')]))
    onUnread(shown.filter(message => !message.read).length)
  }

  function card(message) {
    const link = desktop ? message.pcLink : message.link
    const buttons = message.buttons.map(button => create('button', { class: 'action', onclick: event => tap(event, message, button.link) }, button.title))
    const body = create('div', { class: 'card-body' }, message.title ? create('h3', {}, message.title) : undefined, message.figure ? create('p', { class: 'figure' }, message.figure) : undefined, message.lines.map(line => create('p', {}, line)), message.author ? create('p', { class: 'faint' }, message.author) : undefined, message.status ? create('span', { class: 'chip' }, message.status) : undefined)
    return create('article', { class: `message${message.read ? '' : ' unread'}`, tabindex: 0, onclick: event => tap(event, message, link), onkeydown: event => event.key === 'Enter' && tap(event, message, link) }, create('header', {}, create('span', {}, appName), create('time', {}, clock.format(message.sentAt))), body, buttons.length > 0 ? create('footer', {}, buttons) : undefined)
  }

  async function tap(event, message, link) {
    event.stopPropagation()
    if (!message.read)
      await api.markRead(userid(), message.taskId)
    void refresh()
    if (link)
      open(link)
  }

  const end = onNews('message', news => news.userid === userid() && refresh())
  void refresh()
  return { element, refresh, close: end }
}
