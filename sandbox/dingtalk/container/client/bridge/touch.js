// Phones are touched. A mouse in the frame is turned into one finger, so that pulling and swiping work.
(() => {
  const { facts } = window.__dingtalkContainer
  if (facts.desktop || typeof Touch !== 'function')
    return
  let target

  function send(type, event) {
    const touch = new Touch({ identifier: 1, target, clientX: event.clientX, clientY: event.clientY, pageX: event.pageX, pageY: event.pageY, screenX: event.screenX, screenY: event.screenY })
    const touches = type === 'touchend' ? [] : [touch]
    target.dispatchEvent(new TouchEvent(type, { bubbles: true, cancelable: true, composed: true, touches, targetTouches: touches, changedTouches: [touch] }))
  }

  window.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse' && event.button === 0) {
      target = event.target
      send('touchstart', event)
    }
  }, true)
  window.addEventListener('pointermove', (event) => {
    if (target && event.pointerType === 'mouse')
      send('touchmove', event)
  }, true)
  for (const name of ['pointerup', 'pointercancel']) {
    window.addEventListener(name, (event) => {
      if (target && event.pointerType === 'mouse') {
        send('touchend', event)
        target = undefined
      }
    }, true)
  }
  // Dragging must not start a selection or a native drag, which would end the pointer's events.
  window.addEventListener('dragstart', event => event.preventDefault(), true)
})()
