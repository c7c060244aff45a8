import type { Department } from '#contract/directory.ts'
import type { Announcement, AnnouncementCheck, AnnouncementDraft } from '#contract/messages/index.ts'
import { computed, ref, shallowRef, watch } from 'vue'
import { request } from '../../../api/index.ts'
import { usePaginator } from '../../../components/record-list/use-paginator.ts'
import { uuid } from '../../../support/uuid.ts'

/** An announcement being written: whom it reaches, what it costs, and sending it once. */
export function useAnnouncement() {
  const title = ref('')
  const text = ref('')
  const audience = ref<'all' | 'departments' | 'people'>('people')
  const people = ref<{ id: string, name: string }[]>([])
  /** DingTalk's ids, as the department picker has them. */
  const deptIds = ref<number[]>([])
  const way = ref<AnnouncementDraft['way']>('people')
  const urgent = ref(false)
  const departments = shallowRef<readonly Department[] | null>(null)
  const check = shallowRef<AnnouncementCheck | null>(null)
  const error = shallowRef<unknown>(null)
  const busy = shallowRef<'check' | 'send' | null>(null)
  /** Names this announcement: pressed twice, or again after an answer that did not arrive, it is sent once. */
  let key = uuid()

  const draft = computed((): AnnouncementDraft => ({
    title: title.value,
    text: text.value,
    audience: audience.value === 'all'
      ? { kind: 'all' }
      : audience.value === 'people'
        ? { kind: 'people', ids: people.value.map(({ id }) => id) }
        : { kind: 'departments', ids: (departments.value ?? []).filter(({ dingtalkId }) => dingtalkId !== null && deptIds.value.includes(dingtalkId)).map(({ id }) => id) },
    way: way.value,
    urgent: urgent.value,
  }))
  const ready = computed(() => title.value.trim() !== '' && text.value.trim() !== '' && (audience.value === 'all' || (audience.value === 'people' ? people.value : deptIds.value).length > 0))

  // What was checked is not what would be sent any more.
  watch(draft, () => {
    check.value = null
    key = uuid()
  }, { deep: true })

  const sent = usePaginator<Announcement, null>({
    query: () => null,
    load: (_, cursor, signal) => request('GET /api/messages/announcements', { query: { limit: 20, ...(cursor && { cursor }) }, signal }),
    key: announcement => announcement.id,
  })

  async function work<T>(what: 'check' | 'send', call: () => Promise<T>): Promise<T | undefined> {
    if (busy.value)
      return undefined
    busy.value = what
    error.value = null
    try {
      return await call()
    }
    catch (reason) {
      error.value = reason
      return undefined
    }
    finally {
      busy.value = null
    }
  }

  async function look(): Promise<void> {
    const asked = draft.value
    const answer = await work('check', () => request('POST /api/messages/announcements/check', { body: asked }))
    if (answer && asked === draft.value)
      check.value = answer
  }

  /** @returns whether it was sent */
  async function send(): Promise<boolean> {
    const made = await work('send', () => request('POST /api/messages/announcements', { body: { ...draft.value, key } }))
    if (!made)
      return false
    title.value = text.value = ''
    people.value = []
    deptIds.value = []
    await sent.refresh()
    return true
  }

  request('GET /api/directory/departments').then(answer => (departments.value = answer.departments)).catch(() => (departments.value = []))
  return { title, text, audience, people, deptIds, way, urgent, departments, check, error, busy, ready, sent, look, send }
}
