import type { ApiInput } from '#contract/index.ts'
import type { DingTalkSettings, Switches } from '#contract/settings.ts'
import type { ApiError } from '../../../api/index.ts'
import type { FormDescription } from '../../../components/record-form/types.ts'
import { computed, reactive, shallowRef } from 'vue'
import { isApiError, request } from '../../../api/index.ts'
import { ask } from '../../../components/dialog/index.ts'
import { useRecordForm } from '../../../components/record-form/use-record-form.ts'
import { t } from '../../../locales/index.ts'
import { askAboutConnection } from './ask-about-connection.ts'

/** The DingTalk settings: what is stored, what is typed, and saving it. */
export function useSettings() {
  const stored = shallowRef<DingTalkSettings | null>(null)
  const loadError = shallowRef<unknown>(null)
  const saveError = shallowRef<unknown>(null)
  const busy = shallowRef(false)
  const rules = reactive({ subAdminsAreAdmins: false, bossIsAdmin: false })
  const switches = reactive<Switches>({ loginInDingTalk: true, loginInBrowser: true, notifications: true })

  const description = computed<FormDescription>(() => ({
    groups: [
      {
        title: t('admin.dingtalk.credentials'),
        fields: (['corpId', 'clientId', 'clientSecret', 'agentId'] as const).map(key => ({
          key,
          type: key === 'clientSecret' ? ('secret' as const) : ('text' as const),
          label: t(`admin.dingtalk.fields.${key}`),
          hint: t(`admin.dingtalk.places.${key}`),
          maxLength: { corpId: 128, clientId: 128, clientSecret: 256, agentId: 32 }[key],
          required: key !== 'clientSecret' || !stored.value?.clientSecretSet,
          ...(key === 'clientSecret' && stored.value?.clientSecretSet && { placeholder: t('admin.dingtalk.secretKept') }),
        })),
      },
    ],
  }))
  const form = useRecordForm(() => description.value)

  const dirty = computed(
    () =>
      form.dirty.value
      || (stored.value !== null && differs({ ...rules, ...switches }, stored.value)),
  )

  /** What is typed, as settings and doctor take it; an empty secret means the stored one. */
  function credentials() {
    const text = (key: string) => String(form.values.value[key] ?? '')
    const secret = text('clientSecret')
    return { corpId: text('corpId'), clientId: text('clientId'), agentId: text('agentId'), ...(secret && { clientSecret: secret }) }
  }

  function take(settings: DingTalkSettings) {
    stored.value = settings
    for (const key of ['subAdminsAreAdmins', 'bossIsAdmin'] as const) rules[key] = settings[key]
    for (const key of ['loginInDingTalk', 'loginInBrowser', 'notifications'] as const) switches[key] = settings[key]
    form.reset({ corpId: settings.corpId ?? '', clientId: settings.clientId ?? '', clientSecret: '', agentId: settings.agentId ?? '' })
  }

  async function load() {
    loadError.value = null
    try {
      take(await request('GET /api/settings/dingtalk'))
    }
    catch (error) {
      loadError.value = error
    }
  }

  /** @returns whether the settings are stored now; otherwise issues or `saveError` say why not */
  async function save(): Promise<boolean> {
    const body = { ...credentials(), ...rules, ...switches }
    const before = stored.value?.corpId
    const confirmed: NonNullable<ApiInput<'PUT /api/settings/dingtalk'>['body']['confirmed']> = []
    if (before && before !== body.corpId.trim()) {
      if (!(await askAboutCorp(before, body.corpId.trim())))
        return false
      confirmed.push('corp')
    }
    return send({ ...body, confirmed })
  }

  async function send(body: ApiInput<'PUT /api/settings/dingtalk'>['body']): Promise<boolean> {
    busy.value = true
    saveError.value = null
    try {
      take(await request('PUT /api/settings/dingtalk', { body, timeout: 60_000 }))
      return true
    }
    catch (error) {
      busy.value = false
      const wanted = isApiError(error) ? await askAgain(error) : undefined
      // Awaited: only then is the button idle again.
      if (wanted)
        return await send({ ...body, confirmed: [...(body.confirmed ?? []), wanted] })
      const issues = isApiError(error) ? error.issues : []
      if (issues.length === 0 || form.takeIssues(issues).length > 0)
        saveError.value = error
      return false
    }
    finally {
      busy.value = false
    }
  }

  void load()
  return { stored, loadError, saveError, busy, rules, switches, description, form, dirty, credentials, load, save }
}

/** What can be saved all the same, once its consequence was read. @returns what was confirmed */
async function askAgain(error: ApiError): Promise<'connection' | 'login' | undefined> {
  if (error.code === 'connection_refused')
    return (await askAboutConnection(error)) ? 'connection' : undefined
  if (error.code === 'login_unproven')
    return (await askAboutLogin(error)) ? 'login' : undefined
  return undefined
}

function askAboutLogin({ message, help }: ApiError) {
  return ask({ title: message, ...(help && { text: help }), yes: t('forms.connection.yes'), no: t('forms.connection.no'), danger: true })
}

function askAboutCorp(from: string, to: string) {
  return ask({
    title: t('admin.dingtalk.changeCorp.title'),
    text: t('admin.dingtalk.changeCorp.text', { from, to }),
    yes: t('admin.dingtalk.changeCorp.yes'),
    danger: true,
  })
}

/** Whether a decision is another one than what is stored. */
function differs<T extends object>(decided: T, known: NoInfer<T>): boolean {
  return (Object.keys(decided) as (keyof T)[]).some(key => decided[key] !== known[key])
}
