import type { ApiOutput } from '#contract/index.ts'
import type { MessageFormat, MessageKind, MessagePreview, MessageTexts, TemplateView } from '#contract/messages/index.ts'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { isCancelled, request } from '../../../api/index.ts'

/** The words of one kind at a time: what is stored, what is being written, and how that looks. */
export function useTemplate() {
  const templates = shallowRef<readonly TemplateView[] | null>(null)
  const formats = shallowRef<Partial<Record<MessageKind, MessageFormat>>>({})
  const kind = shallowRef<MessageKind>('record.assigned')
  const draft = ref<MessageTexts | null>(null)
  const previews = shallowRef<Record<'zh-CN' | 'en-US', MessagePreview> | null>(null)
  const loadError = shallowRef<unknown>(null)
  const error = shallowRef<unknown>(null)
  /** What became of the last test. */
  const tested = shallowRef<ApiOutput<'POST /api/messages/test'> | null>(null)
  const busy = shallowRef<'save' | 'reset' | 'test' | null>(null)
  const current = computed(() => templates.value?.find(template => template.kind === kind.value))
  const dirty = computed(() => current.value !== undefined && JSON.stringify(draft.value) !== JSON.stringify(current.value.texts))
  const format = computed(() => formats.value[kind.value] ?? 'oa')

  async function load() {
    loadError.value = null
    try {
      const [words, { rules }] = await Promise.all([request('GET /api/messages/templates'), request('GET /api/messages/rules')])
      formats.value = Object.fromEntries(Object.entries(rules.kinds).map(([name, rule]) => [name, rule.format]))
      templates.value = words.templates
      choose(kind.value)
    }
    catch (reason) {
      loadError.value = reason
    }
  }

  function choose(next: MessageKind) {
    kind.value = next
    error.value = null
    draft.value = current.value ? copy(current.value.texts) : null
  }

  let asking: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Asked for once typing pauses; what does not fit is said instead of shown. */
  async function look() {
    asking?.abort()
    const mine = asking = new AbortController()
    if (!draft.value)
      return
    try {
      const answer = await request('POST /api/messages/templates/preview', { body: { kind: kind.value, texts: draft.value, format: format.value }, signal: mine.signal })
      if (mine === asking) {
        previews.value = answer
        error.value = null
      }
    }
    catch (reason) {
      if (mine === asking && !isCancelled(reason))
        error.value = reason
    }
  }
  watch(draft, () => {
    clearTimeout(timer)
    timer = setTimeout(look, 300)
  }, { deep: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    asking?.abort()
  })

  /** @returns whether it worked; `error` says why not */
  async function run(what: 'save' | 'reset' | 'test'): Promise<boolean> {
    if (!draft.value || busy.value)
      return false
    busy.value = what
    error.value = null
    try {
      if (what === 'test') {
        tested.value = await request('POST /api/messages/test', { body: { kind: kind.value, texts: draft.value, format: format.value } })
      }
      else {
        const stored = await request('PUT /api/messages/templates/:kind', { params: { kind: kind.value }, body: { texts: what === 'save' ? draft.value : null } })
        templates.value = templates.value?.map(template => (template.kind === stored.kind ? stored : template)) ?? null
        draft.value = copy(stored.texts)
      }
      return true
    }
    catch (reason) {
      error.value = reason
      return false
    }
    finally {
      busy.value = null
    }
  }

  void load()
  return { templates, kind, draft, previews, loadError, error, busy, tested, current, dirty, load, choose, run }
}

function copy(texts: MessageTexts): MessageTexts {
  return JSON.parse(JSON.stringify(texts)) as MessageTexts
}
