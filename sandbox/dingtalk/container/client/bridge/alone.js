// The little frame a page gets when its hostname is opened in a plain browser tab.
(() => {
  const container = window.__dingtalkContainer
  const { create, layer } = container
  let removeCorner = () => {}
  function corner(buttons) {
    removeCorner()
    removeCorner = buttons.length > 0
      ? layer(create('div', { class: 'corner' }, ...buttons))
      : () => {}
  }

  function panel({ id, surface, url, title, size }) {
    const sizes = {
      middle: [440, 300],
      mini: [366, 120],
    }
    const [width, height] = sizes[size] ?? [676, 545]
    const frame = create('iframe', { src: url, title })
    const heading = create('span', {}, title)
    const element = create('div', { class: `panel ${surface}` }, create('header', {}, heading, create('button', {
      'aria-label': '关闭',
      'onclick': () => end(false, { errorCode: '-1', errorMessage: '用户关闭' }),
    }, '×')), frame)
    if (surface === 'modal') {
      element.style.setProperty('width', `${width}px`)
      element.style.setProperty('height', `${height}px`)
    }
    const remove = layer(element)
    const listen = (event) => {
      if (event.source !== frame.contentWindow || event.data?.from !== 'dingtalk-device')
        return
      if (event.data.type === 'title')
        heading.textContent = event.data.title
      if (event.data.type === 'quit')
        end(true, event.data.message)
      if (event.data.type === 'close')
        end(false, { errorCode: '-1', errorMessage: '用户关闭' })
    }
    window.addEventListener('message', listen)
    function end(ok, data) {
      window.removeEventListener('message', listen)
      remove()
      container.settle(id, ok, data)
    }
  }

  container.alone = {
    title: ({ title }) => {
      document.title = title
    },
    right: ({ text, show, watch }) => corner(show
      ? [
          create('button', {
            onclick: () => container.tap(watch),
          }, text),
        ]
      : []),
    menu: ({ items, watch }) => corner(items.map(item => create('button', {
      onclick: () => container.tap(watch, { id: item.id }),
    }, item.text))),
    open: message => message.settles
      ? panel(message)
      : message.surface === 'external'
        ? window.open(message.url, '_blank', 'noopener')
        : location.assign(message.url),
    close: () => layer(create('div', { class: 'mask closed' }, '页面已关闭', create('button', {
      class: 'primary',
      onclick: () => location.assign('/__container/open'),
    }, '从工作台重新打开'))),
  }
  container.alone.quit = container.alone.close
})()
