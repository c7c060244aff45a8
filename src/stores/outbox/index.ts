import type { CrmRecord } from '#contract/crm/records.ts'
import type { Draft } from './types.ts'
import { computed, shallowRef } from 'vue'
import { isApiError } from '../../api/index.ts'
import { describeError } from '../../components/feedback/describe-error.ts'
import { addLocalPicture, localPicture } from '../../components/pictures/sources.ts'
import { dropBlob, keepBlob, keptBlob } from '../../support/blobs.ts'
import { accountKey, read, write } from '../../support/storage.ts'
import { useSession } from '../session/index.ts'
import { isForLater, localPictures, sendDraft } from './send.ts'

export type { Draft } from './types.ts'

/** Milliseconds between two tries while something waits: a network that is "there" is not always one. */
const tryEvery = 30_000

const drafts = shallowRef<readonly Draft[]>([])
const sending = shallowRef<string | null>(null)
/** Records made from drafts on this page, newest last: lists that are shown look again. */
const sent = shallowRef<readonly CrmRecord[]>([])
let person: string | undefined
let timer: ReturnType<typeof setInterval> | undefined
let listening = false

/**
 * What was written and is not at the server yet. It belongs to one account, on this device, and
 * is out of reach of the next person (`wipeAccounts`).
 */
export function useOutbox() {
  const id = useSession().account?.id
  if (id !== person) {
    person = id
    drafts.value = id ? stored(id) : []
    void flush()
  }
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

function stored(of: string): Draft[] {
  try {
    const found: unknown = JSON.parse(read(accountKey(of, 'outbox')) ?? '[]')
    // Written by ourselves; a shape of an older version is better dropped than half shown.
    return Array.isArray(found) ? found.filter((one): one is Draft => typeof one === 'object' && one !== null && 'key' in one && 'values' in one && 'state' in one) : []
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
 * Sends one draft now. Without a network it waits and goes out later by itself.
 * @returns the record, or null when it waits or was refused (see the draft)
 */
async function deliver(draft: Draft): Promise<CrmRecord | null> {
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
    return record
  }
  catch (error) {
    if (!isForLater(error) && mine()) {
      const issues = isApiError(error) ? [...error.issues] : []
      await keep({ ...current, state: 'refused', problem: describeError(error).message, issues })
    }
    return null
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
  window.addEventListener('online', () => void flush())
  document.addEventListener('visibilitychange', () => document.hidden || void flush())
  timer ??= setInterval(() => void flush(), tryEvery)
}
