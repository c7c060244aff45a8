import type { EventSettings, SyncSettingsView } from '#contract/sync/index.ts'
import { computed, shallowRef, watch } from 'vue'
import { request } from '../../../../api/index.ts'
import { ask } from '../../../../components/dialog/index.ts'
import { t } from '../../../../locales/index.ts'

/** The event channel while it is being changed. Keys are write-only: empty means "as stored". */
export function useEvents(stored: () => EventSettings, onSaved: (view: SyncSettingsView) => void) {
  const channel = shallowRef(stored().channel)
  const aesKey = shallowRef('')
  const token = shallowRef('')
  /** The keys in the fields were just generated, to be copied now. */
  const fresh = shallowRef(false)
  const busy = shallowRef<'save' | 'generate' | null>(null)
  const failed = shallowRef<{ title: string, error: unknown } | null>(null)

  const bad = computed(() => ({
    aesKey: aesKey.value !== '' && !/^[a-z\d]{43}$/i.test(aesKey.value),
    token: token.value !== '' && !/^[a-z\d]{3,32}$/i.test(token.value),
  }))
  const dirty = computed(() => channel.value !== stored().channel || aesKey.value !== '' || token.value !== '')

  watch(
    () => stored().channel,
    (now) => {
      channel.value = now
    },
  )

  async function generate() {
    const { aesKeySet, tokenSet } = stored()
    if (
      (aesKeySet || tokenSet)
      && !(await ask({
        title: t('admin.sync.settings.events.generateAsk'),
        text: t('admin.sync.settings.events.generateText'),
        yes: t('admin.sync.settings.events.generate'),
      }))
    ) {
      return
    }
    await work('generate', t('admin.sync.settings.events.generateFailed'), async () => {
      const keys = await request('POST /api/sync/settings/events/generate')
      aesKey.value = keys.aesKey
      token.value = keys.token
      fresh.value = true
    })
  }

  /** @returns whether it is stored now */
  function save(): Promise<boolean> {
    return work('save', t('admin.sync.settings.events.saveFailed'), async () => {
      const keys = { ...(aesKey.value && { aesKey: aesKey.value }), ...(token.value && { token: token.value }) }
      onSaved(await request('PUT /api/sync/settings/events', { body: { channel: channel.value, ...keys } }))
      aesKey.value = token.value = ''
      fresh.value = false
    })
  }

  async function work(kind: 'save' | 'generate', title: string, job: () => Promise<void>): Promise<boolean> {
    busy.value = kind
    failed.value = null
    try {
      await job()
      return true
    }
    catch (error) {
      failed.value = { title, error }
      return false
    }
    finally {
      busy.value = null
    }
  }

  return { channel, aesKey, token, fresh, busy, failed, bad, dirty, generate, save }
}
