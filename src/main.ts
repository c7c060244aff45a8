import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { crmLink } from './api/crm-link.ts'
import App from './App.vue'
import { startLocale } from './locales/index.ts'
import { createAppRouter } from './router/index.ts'
import { trySignature, watchPage } from './stores/session/page-events.ts'
import './support/polyfills.ts'
import './styles/index.css'

async function start(): Promise<void> {
  // The doctor's QR code: whoever scans it tries the page signature as well. The router takes it out of the address.
  const scanned = location.search.includes('via=qr')
  const app = createApp(App)
  app.use(createPinia())
  // Without the other language's texts the Chinese ones are better than nothing.
  await startLocale().catch(() => {})
  const router = createAppRouter()
  app.use(router)
  // The skeleton of index.html stays until there is a page to show.
  // When its code does not arrive, the layout says so (router/not-loaded.ts).
  await router.isReady().catch(() => {})
  app.mount('#app')
  crmLink.connect = () => import('./components/crm-login/ask-to-connect.ts').then(({ askToConnect }) => askToConnect())
  watchPage(router)
  if (scanned)
    trySignature(router)
}

void start()
