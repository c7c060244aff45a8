import type { Announcement, AnnouncementCheck, AnnouncementDraft, AnnouncementReach } from '#contract/messages/index.ts'
import type { SearchAccounts } from '../../../components/record-form/types.ts'
import { computed, ref, shallowRef, watch } from 'vue'
import { request } from '../../../api/index.ts'
import { usePaginator } from '../../../components/record-list/use-paginator.ts'
import { uuid } from '../../../support/uuid.ts'
import { useAct } from '../use-act.ts'

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
  /** Whom one may announce to; null until it is known. */
  const reach = shallowRef<AnnouncementReach | null>(null)
  const departments = computed(() => reach.value?.departments ?? null)
  const search: SearchAccounts = async (q, signal) => (await request('GET /api/messages/announcements/people', { query: { ...(q && { q }) }, signal })).people
  const check = shallowRef<AnnouncementCheck | null>(null)
  const loadError = shallowRef<unknown>(null)
  const { busy, failure: error, act } = useAct<'check' | 'send'>()
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

  async function look(): Promise<void> {
    const asked = draft.value
    const answer = await act('check', () => request('POST /api/messages/announcements/check', { body: asked }))
    if (answer && asked === draft.value)
      check.value = answer
  }

  /** @returns what was sent; undefined when it was not */
  async function send(): Promise<Announcement | undefined> {
    const made = await act('send', () => request('POST /api/messages/announcements', { body: { ...draft.value, key } }))
    if (!made)
      return undefined
    title.value = text.value = ''
    people.value = []
    deptIds.value = []
    return made
  }

  async function load(): Promise<void> {
    loadError.value = null
    try {
      reach.value = await request('GET /api/messages/announcements/reach')
      if (!reach.value.dingtalk)
        way.value = 'inbox'
    }
    catch (reason) {
      loadError.value = reason
    }
  }

  void load()
  return { title, text, audience, people, deptIds, way, urgent, departments, reach, loadError, check, error, busy, ready, sent, search, load, look, send }
}
