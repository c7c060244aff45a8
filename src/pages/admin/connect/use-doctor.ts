import type { CheckId, DoctorCheck } from '#contract/connection.ts'
import type { ApiInput } from '#contract/index.ts'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { isCancelled, postStream, request } from '../../../api/index.ts'
import { tell } from '../../../components/dialog/index.ts'
import { t } from '../../../locales/index.ts'
import { useWatch } from './actions/use-watch.ts'

/** What a login shows besides that logins work: at once where it came from, and soon whether the page it opened could sign. */
const followed: CheckId[] = ['jsapiTicket', 'published', 'homepage']
/** Milliseconds in which the page that was opened has tried our signature, on a slow phone, too. */
const followedMs = 20_000

type Body = NonNullable<ApiInput<'POST /api/settings/dingtalk/doctor/stream'>['body']>

/** The doctor's findings as they come in, and looking at single ones again. */
export function useDoctor() {
  const checks = shallowRef<readonly DoctorCheck[]>([])
  const error = shallowRef<unknown>(null)
  /** Everything is being looked at. */
  const running = shallowRef(false)
  /** Everything has been looked at, to the end. */
  const whole = shallowRef(false)
  const endedAt = shallowRef<Date | null>(null)
  /** Single checks being looked at again. */
  const again = shallowRef<ReadonlySet<CheckId>>(new Set())
  let current: AbortController | undefined

  const count = (wanted: (check: DoctorCheck) => boolean) => checks.value.filter(wanted).length
  const summary = computed(() => ({
    ok: count(({ result }) => result === 'ok'),
    seen: count(({ result }) => result === 'seen'),
    failed: count(({ result }) => result === 'failed'),
    /** Waiting for somebody to do it by hand. */
    manual: count(({ result, manual }) => result === 'manual' && !manual?.confirmed),
    confirmed: count(({ result, manual }) => result === 'manual' && Boolean(manual?.confirmed)),
    untried: count(({ result, idle }) => result === 'untried' && !idle),
    idle: count(({ idle }) => idle),
  }))

  /** Every check came to its end, and none is left to do anything about. */
  const finished = computed(() =>
    whole.value && error.value === null && summary.value.failed + summary.value.manual + summary.value.untried === 0)

  const signing = useWatch(() => {
    const found = checks.value.find(({ id }) => id === 'jsapiTicket')
    return found ? `${found.result} ${found.seenAt ?? ''}` : null
  }, () => void run({ only: followed }), followedMs)

  function take(check: DoctorCheck) {
    const known = checks.value.find(({ id }) => id === check.id)
    checks.value = known ? checks.value.map(old => (old.id === check.id ? check : old)) : [...checks.value, check]
    // Somebody logs in right now.
    if (known && check.id === 'loginCode' && check.seenAt !== known.seenAt)
      signing.start()
  }

  /** Looks at everything, or only some. @returns whether it came to its end */
  async function run(body: Body = {}): Promise<boolean> {
    const { only } = body
    const abort = new AbortController()
    error.value = null
    if (only) {
      again.value = new Set([...again.value, ...only])
    }
    else {
      current?.abort()
      current = abort
      running.value = true
      whole.value = false
    }
    try {
      await postStream('POST /api/settings/dingtalk/doctor/stream', { input: { body }, onEvent: take, signal: abort.signal })
      if (!only) {
        whole.value = true
        endedAt.value = new Date()
      }
      return true
    }
    catch (reason) {
      if (!isCancelled(reason))
        error.value = reason
      return false
    }
    finally {
      if (only)
        again.value = new Set([...again.value].filter(id => !only.includes(id)))
      else if (current === abort)
        running.value = false
    }
  }

  /** Confirms by hand what cannot be checked from here, as it stands on the screen, or takes that back. */
  async function confirm({ id: check, about }: DoctorCheck, confirmed: boolean): Promise<void> {
    again.value = new Set([...again.value, check])
    error.value = null
    try {
      const now = await request('PUT /api/settings/dingtalk/doctor/:check', { params: { check }, body: confirmed ? { confirmed, about } : { confirmed } })
      take(now)
      if (confirmed && now.about !== about)
        await tell(t('admin.doctor.changed'))
    }
    catch (reason) {
      error.value = reason
    }
    finally {
      again.value = new Set([...again.value].filter(id => id !== check))
    }
  }

  onScopeDispose(() => current?.abort())
  return { checks, error, running, whole, endedAt, again, summary, finished, run, take, confirm }
}

export type DoctorState = ReturnType<typeof useDoctor>
