/** Creates an element: `create('button', { class: 'x', onclick }, 'text', child)`; empty children are left out. */
export function create(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on') || ['value', 'checked', 'disabled', 'hidden'].includes(name))
      element[name] = value
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value)
  }
  element.append(...children.flat().filter(child => child !== undefined && child !== null && child !== false))
  return element
}

/** A person's round picture: the avatar, or the last two characters of the name as DingTalk draws it. */
export function avatar({ name, avatar }) {
  const hue = [...name].reduce((sum, character) => sum + character.codePointAt(0), 0) * 47 % 360
  return create('span', { 'class': 'avatar', 'style': `--hue:${hue}`, 'aria-hidden': 'true' }, avatar ? create('img', { src: avatar, alt: '' }) : name.slice(-2))
}

/** An unread count; nothing for zero. */
export function badge(count) {
  return count > 0 ? create('span', { 'class': 'badge', 'aria-label': `${count} 条未读` }, count > 99 ? '99+' : String(count)) : undefined
}

/** Says something for a moment, at the top of the page. */
export function tell(text) {
  const note = create('p', { class: 'note', role: 'status' }, text)
  document.body.append(note)
  setTimeout(() => note.remove(), 4000)
}
