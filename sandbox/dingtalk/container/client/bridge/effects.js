// What native calls do on the screen. Layers are drawn here; the frame around the page is the shell's.
(() => {
  const container = window.__dingtalkContainer
  const { create, layer } = container
  let removeToast = () => {}
  let removeLoading = () => {}

  function toast(text, seconds) {
    removeToast()
    const remove = layer(create('div', { class: 'toast', role: 'status' }, text))
    const timer = setTimeout(remove, seconds * 1000)
    removeToast = () => {
      clearTimeout(timer)
      remove()
    }
  }

  function loading(text) {
    removeLoading()
    removeLoading = layer(create('div', { class: 'toast', role: 'status' }, create('div', { class: 'spinner' }), text))
  }

  function notice(title, detail) {
    const remove = layer(create('div', { class: 'notice', role: 'status' }, create('b', {}, title), detail))
    setTimeout(remove, 3000)
  }

  function preview({ urls, current }) {
    let index = Math.max(0, urls.indexOf(current))
    const image = create('img', { src: urls[index] ?? '', alt: '' })
    const count = create('span', {}, '')
    function show(step) {
      index = (index + step + urls.length) % urls.length
      image.src = urls[index]
      count.textContent = `${index + 1} / ${urls.length}`
    }
    const remove = layer(create('div', {
      class: 'mask viewer',
      onclick: () => remove(),
    }, image, create('div', {}, create('button', {
      onclick: event => step(event, -1),
    }, '‹'), count, create('button', {
      onclick: event => step(event, 1),
    }, '›'))))
    function step(event, by) {
      event.stopPropagation()
      show(by)
    }
    if (urls.length > 0)
      show(0)
  }

  const drawn = {
    'toast': ({ text, seconds }) => toast(text, seconds),
    'toast-off': () => removeToast(),
    'loading': ({ text }) => loading(text),
    'loading-off': () => removeLoading(),
    'vibrate': () => notice('振动', '手机振动了一下'),
    'notice': ({ title, detail }) => notice(title, detail),
    'preview': effect => preview(effect),
    'back': () => container.goBack(),
    'replace': ({ url }) => location.replace(url),
  }

  /** Carries out one effect of the call `id`. */
  container.effect = (effect, id) => {
    const draw = drawn[effect.type]
    if (draw)
      draw(effect)
    else
      container.shell({ ...effect, id })
  }

  /** One step back in this webview; at the root the window closes (dingtalk-jsapi §6). */
  container.goBack = () => {
    if (container.canGoBack())
      window.history.back()
    else
      container.shell({ type: 'close' })
  }
})()
