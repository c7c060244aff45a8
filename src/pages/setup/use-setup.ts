import { computed, onMounted, reactive, ref, shallowRef } from 'vue'
import { isApiError, request } from '../../api/index.ts'
import { t } from '../../locales/index.ts'
import { early } from '../../stores/session/early.ts'
import { useSession } from '../../stores/session/index.ts'
import { askAboutConnection } from '../admin/dingtalk/ask-about-connection.ts'

export const setupFields = ['setupToken', 'corpId', 'clientId', 'clientSecret', 'agentId'] as const
export type SetupField = (typeof setupFields)[number]

/** The first-time setup: what was typed, what is wrong with it, and sending it. */
export function useSetup() {
  const session = useSession()
  const values = reactive<Record<SetupField, string>>({ setupToken: '', corpId: '', clientId: '', clientSecret: '', agentId: '' })
  const issues = shallowRef<Partial<Record<string, string>>>({})
  const error = shallowRef<unknown>(null)
  const busy = ref(false)
  /** Whether DingTalk is connected already; undefined until the server has said so. */
  const configured = ref<boolean>()

  onMounted(async () => {
    try {
      const known = (await early('bootstrap')) ?? (await request('GET /api/bootstrap', { recover: false }))
      // Who it is decides where the page leads on; nobody in is fine as well.
      if (known.configured)
        await session.restore()
      configured.value = known.configured
    }
    catch {
      // The form says what is wrong when it is sent.
      configured.value = false
    }
  })

  /** Sends it. @returns whether the person is now in, as an operator */
  async function submit(confirmed: ['connection'] | [] = []): Promise<boolean> {
    error.value = null
    const empty = setupFields.filter(name => !values[name].trim())
    issues.value = Object.fromEntries(empty.map(name => [name, t('setup.required')]))
    if (empty.length > 0 || busy.value)
      return false
    busy.value = true
    try {
      return session.adopt(await request('POST /api/setup', { body: { ...values, confirmed }, recover: false, timeout: 60_000 }), 'login')
    }
    catch (reason) {
      busy.value = false
      if (isApiError(reason) && reason.code === 'connection_refused' && (await askAboutConnection(reason)))
        return await submit(['connection'])
      error.value = reason
      if (isApiError(reason))
        issues.value = Object.fromEntries(reason.issues.map(({ path, message }) => [path, message]))
      return false
    }
    finally {
      busy.value = false
    }
  }

  return {
    values,
    issues,
    error,
    busy,
    submit,
    /** False too early would show strangers a form that is not for them. */
    asking: computed(() => configured.value === undefined),
    /** Somebody was faster, or this is an old bookmark. */
    done: computed(() => configured.value === true || (isApiError(error.value) && error.value.code === 'setup_done')),
  }
}
