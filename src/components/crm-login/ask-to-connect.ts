import { createApp, h } from 'vue'
import { request } from '../../api/index.ts'
import { loadAreas } from '../../locales/index.ts'
import { useSession } from '../../stores/session/index.ts'
import { basePath } from '../../support/base.ts'
import { renewCapabilities, useCapabilities } from '../crm/use-capabilities.ts'
import CrmLoginSheet from './CrmLoginSheet.vue'

/** Requests that fail together ask once, and do not ask again right after somebody said no. */
const pauseMs = 5000
let asking: Promise<boolean> | undefined
let declinedAt = 0

/**
 * Lets the person connect to the CRM, above whatever page is open. Many requests at once share the
 * one question. @returns whether the person is connected now
 */
export function askToConnect(): Promise<boolean> {
  if (location.pathname === `${basePath()}crm-login` || Date.now() - declinedAt < pauseMs)
    return Promise.resolve(false)
  asking ??= show().finally(() => {
    asking = undefined
  })
  return asking
}

async function show(): Promise<boolean> {
  const [login] = await Promise.all([request('GET /api/crm/login'), loadAreas(['crmLogin'])])
  // Another tab was faster, or the answer was an old one.
  if (login.state === 'connected' || login.state === 'not_needed')
    return true
  const suggested = useSession().account?.mobile ?? ''
  const returnTo = location.pathname.slice(basePath().length - 1) + location.search
  const place = document.body.appendChild(document.createElement('div'))
  const connected = await new Promise<boolean>((resolve) => {
    const app = createApp({
      render: () => h(CrmLoginSheet, {
        login,
        suggested,
        returnTo,
        onDone: (connected: boolean) => {
          // Gone with what was typed into it.
          app.unmount()
          place.remove()
          resolve(connected)
        },
      }),
    })
    app.mount(place)
  })
  if (connected) {
    // What was known before the person was somebody there; pages that show it follow.
    renewCapabilities()
    useCapabilities()
  }
  else {
    declinedAt = Date.now()
  }
  return connected
}
