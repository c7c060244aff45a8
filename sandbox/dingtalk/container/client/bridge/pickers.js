// The contact picker: departments to walk through, a search, checkboxes and a limit.
(() => {
  const container = window.__dingtalkContainer
  const { create } = container

  /** Fills `body` with the picker and returns { chosen, redraw } for the sheet around it. */
  container.contactPicker = (ask, body, changed) => {
    const chosen = new Map(ask.picked.map(id => [
      String(id),
      true,
    ]))
    const required = new Set(ask.required)
    const disabled = new Set(ask.disabled)
    required.forEach(id => chosen.set(String(id), true))
    let at = ask.departments.find(department => !department.parentId)?.id ?? 1
    const search = create('input', {
      class: 'field',
      type: 'search',
      placeholder: '搜索',
      oninput: draw,
    })
    const list = create('div', { class: 'scroll' })
    body.append(search, list)

    function check(id) {
      if (chosen.has(id)) {
        if (!required.has(id))
          chosen.delete(id)
      }
      else if (!ask.multiple) {
        chosen.clear()
        chosen.set(id, true)
      }
      else if (chosen.size < ask.max) {
        chosen.set(id, true)
      }
      else {
        container.effect({ type: 'toast', text: ask.limitTips, seconds: 2 })
      }
      draw()
    }

    function row(id, title, detail, selectable, enter) {
      const box = selectable
        ? create('input', {
            'type': 'checkbox',
            'checked': chosen.has(id),
            'disabled': disabled.has(id),
            'aria-label': title,
            'onclick': event => event.stopPropagation(),
            'onchange': () => check(id),
          })
        : undefined
      const tap = enter ?? (() => !disabled.has(id) && check(id))
      return create('div', { class: 'row', onclick: tap }, box, create('div', { class: 'grow' }, title, create('small', {}, detail)), enter ? '›' : undefined)
    }

    function departmentRows(words) {
      const shown = ask.departments.filter(department => words
        ? department.name.includes(words)
        : department.parentId === at)
      return shown.map(department => row(`${department.id}`, department.name, '部门', ask.pickDepartments, () => {
        at = department.id
        search.value = ''
        draw()
      }))
    }

    function peopleRows(words) {
      const shown = ask.people.filter(person => words
        ? person.name.includes(words) || person.id.includes(words)
        : person.deptIds.includes(at))
      return shown.slice(0, 200).map(person => row(person.id, person.name, person.title || person.id, true))
    }

    function draw() {
      const words = search.value.trim()
      const here = ask.departments.find(department => department.id === at)
      const up = !words && here?.parentId
        ? [
            row('', `‹ ${here.name}`, '返回上级', false, () => move(here.parentId)),
          ]
        : []
      list.replaceChildren(...up, ...departmentRows(words), ...peopleRows(words))
      changed(chosen.size)
    }

    function move(id) {
      at = id
      draw()
    }

    draw()
    return () => ({
      users: ask.people.filter(person => chosen.has(person.id)).map(person => person.id),
      departments: ask.departments.filter(department => ask.pickDepartments && chosen.has(String(department.id))).map(department => department.id),
    })
  }
})()
