import { onActivated, onDeactivated } from 'vue'

/** Does something whenever keep-alive shows the page again; not at the mount, of which a part that is mounted late hears nothing. */
export function onReturn(then: () => void): void {
  let away = false
  onDeactivated(() => {
    away = true
  })
  onActivated(() => {
    if (away)
      then()
    away = false
  })
}
