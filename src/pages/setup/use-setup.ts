import { computed, reactive, ref, shallowRef } from 'vue'
import { isApiError, request } from '../../api/index.ts'
import { t } from '../../locales/index.ts'
import { useSession } from '../../stores/session/index.ts'

export const setupFields = [
  'setupToken',
  'corpId',
  'clientId',
  'clientSecret',
  'agentId',
] as const
export type SetupField = typeof setupFields[number]

/** The first-time setup: what was typed, what is wrong with it, and sending it. */
export function useSetup() {
  const session = useSession()
  const values = reactive<Record<SetupField, string>>({
    setupToken: '',
    corpId: '',
    clientId: '',
    clientSecret: '',
    agentId: '',
  })
  const issues = shallowRef<Partial<Record<string, string>>>({})
  const error = shallowRef<unknown>(null)
  const busy = ref(false)

  /** Sends it. @returns whether the person is now in, as an operator */
  async function submit(): Promise<boolean> {
    error.value = null
    const empty = setupFields.filter(name => !values[name].trim())
    issues.value = Object.fromEntries(empty.map(name => [
      name,
      t('setup.required'),
    ]))
    if (empty.length > 0 || busy.value)
      return false
    busy.value = true
    try {
      return session.adopt(await request('POST /api/setup', {
        body: { ...values },
        recover: false,
      }), 'login')
    }
    catch (reason) {
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
    /** Somebody was faster, or this is an old bookmark. */
    done: computed(() => isApiError(error.value) && error.value.code === 'setup_done'),
  }
}
