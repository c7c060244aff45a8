import type { CrmRecord } from '#contract/crm/records.ts'
import type { Delivery, Draft } from './types.ts'
import { computed, effectScope, shallowRef, watch } from 'vue'
import { isApiError } from '../../api/index.ts'
import { describeError } from '../../components/feedback/describe-error.ts'
import { addLocalPicture, localPicture } from '../../components/pictures/sources.ts'
import { dropBlob, keepBlob, keptBlob } from '../../support/blobs.ts'
import { accountKey, read, write } from '../../support/storage.ts'
import { useSession } from '../session/index.ts'
import { isForLater, localPictures, sendDraft } from './send.ts'

export type { Delivery, Draft } from './types.ts'

/** Milliseconds between two tries while something waits: a network that is "there" is not always one. */
const tryEvery = 30_000

const drafts = shallowRef<readonly Draft[]>([])
const sending = shallowRef<string | null>(null)
/** Records made or changed by drafts on this page, newest last: lists that are shown look again. */
const sent = shallowRef<readonly CrmRecord[]>([])
let person: string | undefined
let timer: ReturnType<typeof setInterval> | undefined
let listening = false

/**
 * What was written and is not at the server yet. It belongs to one account, on this device, and
 * is out of reach of the next person (`wipeAccounts`).
 */
export function useOutbox() {
  take(useSession().account?.id)
  listen()

  return {
    drafts,
    sending,
    sent,
    waiting: computed(() => drafts.value.filter(draft => draft.state === 'waiting')),
    refused: computed(() => drafts.value.filter(draft => draft.state === 'refused')),
    find: (key: string) => drafts.value.find(draft => draft.key === key),
    keep,
    drop,
    deliver,
    flush,
    restorePictures,
  }
}

/** What drafts have had only since forms of all kinds are kept. */
const younger = { edit: null, ignoreDuplicates: false }

/** Whoever is in now has these drafts; nobody has none, also not in memory. */
function take(id: string | undefined): void {
  if (id === person)
    return
  person = id
  drafts.value = id ? stored(id) : []
  void flush()
}

function stored(of: string): Draft[] {
  try {
    const found: unknown = JSON.parse(read(accountKey(of, 'outbox')) ?? '[]')
    // Written by ourselves, perhaps by an older version, which knew less of it.
    return Array.isArray(found) ? found.filter((one): one is Draft => typeof one === 'object' && one !== null && 'key' in one && 'values' in one && 'state' in one).map(one => ({ ...younger, ...one })) : []
  }
  catch {
    return []
  }
}

function store(next: readonly Draft[]): void {
  drafts.value = next
  if (person)
    write(accountKey(person, 'outbox'), next.length > 0 ? JSON.stringify(next) : null)
}

/** Keeps a draft on this device, with its pictures. @returns false when a picture could not be kept */
async function keep(draft: Draft): Promise<boolean> {
  const rest = drafts.value.filter(one => one.key !== draft.key)
  store([...rest, draft])
  const owner = person
  const pictures = [...localPictures(draft.values), ...localPictures(draft.next?.values)]
  const kept = await Promise.all(pictures.map((id) => {
    const blob = localPicture(id)
    return !blob || !owner || keepBlob(owner, id, blob)
  }))
  return kept.every(Boolean)
}

function drop(key: string): void {
  const draft = drafts.value.find(one => one.key === key)
  if (!draft)
    return
  store(drafts.value.filter(one => one.key !== key))
  const owner = person
  if (owner)
    [...localPictures(draft.values), ...localPictures(draft.next?.values)].forEach(id => void dropBlob(owner, id))
}

/** Puts the pictures of a draft back into memory, for its form to show them. */
async function restorePictures(draft: Draft): Promise<void> {
  const owner = person
  for (const id of [...localPictures(draft.values), ...localPictures(draft.next?.values)]) {
    const blob = localPicture(id) ?? (owner ? await keptBlob(owner, id) : null)
    if (blob)
      addLocalPicture(blob, id)
  }
}

/**
 * Sends one draft now. Without a network it waits and goes out later by itself; what the server refuses
 * stays with what it said.
 */
async function deliver(draft: Draft): Promise<Delivery> {
  const owner = person
  const mine = () => owner === person
  sending.value = draft.key
  let current: Draft = { ...draft, state: 'waiting', problem: null, issues: [] }
  await keep(current)
  try {
    const record = await sendDraft(current, {
      blobOf: async id => localPicture(id) ?? (owner ? keptBlob(owner, id) : null),
      onChange(changed) {
        current = changed
        if (mine())
          store(drafts.value.map(one => (one.key === changed.key ? changed : one)))
      },
    })
    if (mine()) {
      drop(draft.key)
      sent.value = [...sent.value, record]
    }
    return { state: 'sent', record }
  }
  catch (error) {
    if (isForLater(error))
      return { state: 'waiting' }
    if (mine()) {
      const issues = isApiError(error) ? [...error.issues] : []
      await keep({ ...current, state: 'refused', problem: describeError(error).message, issues })
    }
    return { state: 'refused', error }
  }
  finally {
    sending.value = null
  }
}

/** Sends everything that waits, oldest first; stops at the first that has to wait on. */
async function flush(): Promise<void> {
  if (sending.value || !navigator.onLine)
    return
  for (const draft of drafts.value.filter(({ state }) => state === 'waiting')) {
    await deliver(draft)
    if (drafts.value.some(one => one.key === draft.key && one.state === 'waiting'))
      return
  }
}

function listen(): void {
  if (listening)
    return
  listening = true
  const session = useSession()
  effectScope(true).run(() => watch(() => session.account?.id, take, { flush: 'sync' }))
  window.addEventListener('online', () => void flush())
  document.addEventListener('visibilitychange', () => document.hidden || void flush())
  timer ??= setInterval(() => void flush(), tryEvery)
}
