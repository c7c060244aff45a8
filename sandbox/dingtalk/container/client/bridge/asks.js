// Dialogs and pickers a person finishes. Each resolves with the value, or null for cancel.
(() => {
  const container = window.__dingtalkContainer
  const { create, layer } = container
  const desktop = container.facts.desktop ? ' desktop' : ''

  function dialog(ask, content, buttons, answer) {
    return create('div', { class: 'mask' }, create('div', { 'class': 'dialog', 'role': 'dialog', 'aria-modal': 'true' }, create('div', { class: 'text' }, ask.title
      ? create('h2', {}, ask.title)
      : undefined, ask.message
      ? create('p', {}, ask.message)
      : undefined, content), create('div', { class: 'buttons' }, ...buttons.map((label, index) => create('button', {
      class: index === buttons.length - 1
        ? 'primary'
        : '',
      onclick: () => answer(index),
    }, label)))))
  }

  function sheet(ask, fill, confirm, answer) {
    const ok = create('button', {
      class: 'primary',
      onclick: () => answer(confirm()),
    }, '确定')
    const body = create('div', { style: 'display:contents' })
    const panel = create('div', { 'class': 'sheet', 'role': 'dialog', 'aria-modal': 'true' }, create('header', {}, create('button', {
      onclick: () => answer(null),
    }, '取消'), create('h2', {}, ask.title), confirm
      ? ok
      : create('span', { style: 'width:56px' })), body)
    fill(body, ok)
    return create('div', { class: `mask bottom${desktop}` }, panel)
  }

  function rowList(items, answer) {
    return create('div', { class: 'scroll' }, ...items.map((item, index) => create('button', {
      class: 'row',
      onclick: () => answer(index),
    }, create('div', { class: 'grow' }, item.title, create('small', {}, item.detail)))))
  }

  function actionSheet(ask, answer) {
    const buttons = ask.items.map((item, index) => create('button', {
      class: 'stack',
      onclick: () => answer(index),
    }, item))
    return create('div', { class: `mask bottom${desktop}` }, create('div', { class: 'sheet', role: 'dialog' }, ask.title
      ? create('div', { class: 'hint' }, ask.title)
      : undefined, ...buttons, create('div', { class: 'gap' }), create('button', {
      class: 'stack',
      onclick: () => answer(null),
    }, ask.cancel)))
  }

  function dateSheet(ask, answer) {
    const shown = readDate(ask.value) ?? new Date(ask.now)
    const local = new Date(shown.getTime() - shown.getTimezoneOffset() * 60_000).toISOString()
    const initial = {
      'date': local.slice(0, 10),
      'time': local.slice(11, 16),
      'datetime-local': local.slice(0, 16),
    }[ask.input]
    const fields = Array.from({ length: ask.count }, () => create('input', { class: 'field', type: ask.input, value: initial }))
    const values = () => fields.map(field => new Date(ask.input === 'time'
      ? `${local.slice(0, 10)}T${field.value}`
      : ask.input === 'date'
        ? `${field.value}T00:00`
        : field.value).getTime())
    return sheet(ask, body => body.append(...fields), values, answer)
  }

  function readDate(value) {
    const date = value
      ? new Date(/^\d+$/.test(value)
          ? Number(value)
          : value.replace(' ', 'T'))
      : undefined
    return date && !Number.isNaN(date.getTime())
      ? date
      : undefined
  }

  function field(ask) {
    return create('input', { 'class': 'field', 'value': ask.value ?? '', 'aria-label': ask.label ?? ask.title })
  }

  const kinds = {
    alert: (ask, answer) => dialog(ask, undefined, [ask.button], () => answer(true)),
    confirm: (ask, answer) => dialog(ask, undefined, ask.buttons, answer),
    prompt: (ask, answer) => {
      const input = field(ask)
      return dialog(ask, input, ask.buttons, index => answer(index === 0
        ? null
        : input.value))
    },
    text: (ask, answer) => {
      // What a code holds may have lines: a vCard has one for each of its parts.
      const input = create('textarea', { 'class': 'field', 'rows': '4', 'aria-label': ask.label ?? ask.title }, ask.value ?? '')
      return sheet(ask, body => body.append(create('div', { class: 'hint' }, ask.label), input), () => input.value, answer)
    },
    sheet: actionSheet,
    date: dateSheet,
    choice: (ask, answer) => sheet(ask, body => body.append(rowList(ask.items, answer)), undefined, answer),
    people: (ask, answer) => {
      let chosen
      return sheet(ask, (body, ok) => {
        chosen = container.contactPicker(ask, body, (count) => {
          ok.textContent = count > 0
            ? `确定(${count})`
            : '确定'
        })
      }, () => chosen(), answer)
    },
  }

  /** Draws one question and resolves when it is answered. */
  container.ask = ask => new Promise((resolve) => {
    const remove = layer(kinds[ask.kind](ask, (value) => {
      remove()
      resolve(value)
    }))
  })
})()
