import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { startLocale } from './locales/index.ts'
import { createAppRouter } from './router/index.ts'
import { watchPage } from './stores/session/page-events.ts'
import './support/polyfills.ts'
import './styles/index.css'

async function start(): Promise<void> {
  const app = createApp(App)
  app.use(createPinia())
  await startLocale()
  const router = createAppRouter()
  app.use(router)
  // The skeleton of index.html stays until there is a page to show.
  await router.isReady()
  app.mount('#app')
  watchPage()
}

void start()
