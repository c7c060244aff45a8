import type { CrmRecord } from '#contract/crm/records.ts'
import type { LetGo } from './held.ts'
import type { Delivery, Draft } from './types.ts'
import { computed, effectScope, shallowRef, watch } from 'vue'
import { isApiError } from '../../api/index.ts'
import { describeError } from '../../components/feedback/describe-error.ts'
import { addLocalPicture, localPicture } from '../../components/pictures/sources.ts'
import { dropBlob, keepBlob, keptBlob, sweepBlobs } from '../../support/blobs.ts'
import { useSession } from '../session/index.ts'
import { outboxInUse } from './anything-kept.ts'
import { holdForForm, ifNobodyHolds } from './held.ts'
import { changeKept, draftsNow, keptDrafts, onKeptElsewhere } from './kept.ts'
import { inTurn, newRound } from './round.ts'
import { isForLater, isServersFault, needsConnection, picturesOf, sendDraft } from './send.ts'

export { needsConnection } from './send.ts'
export type { Delivery, Draft } from './types.ts'

/** Milliseconds between two tries while something waits: a network that is "there" is not always one. */
const tryEvery = 30_000
/** Failures of the server at one draft before its writer is told: by then it is hardly a passing one. */
const triesBeforeRefused = 4

const drafts = shallowRef<readonly Draft[]>([])
const sending = shallowRef<string | null>(null)
/** Records made or changed by drafts on this page, newest last: lists that are shown look again. */
const sent = shallowRef<readonly CrmRecord[]>([])
/** Drafts whose forms are open here: they are not sent by themselves, here or in another web view, until they are let go. */
const open = new Map<string, Promise<LetGo>>()
let person: string | undefined
let timer: ReturnType<typeof setInterval> | undefined
let listening = false
let flushing = false

/**
 * What was written and is not at the server yet. It belongs to one account, on this device, and
 * is out of reach of the next person (`wipeAccounts`).
 */
export function useOutbox() {
  listen()
  outboxInUse.value = true

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
    openDraft,
    closeDraft,
  }
}

/** Whoever is in now has these drafts; nobody has none, also not in memory. */
function take(id: string | undefined): void {
  if (id === person)
    return
  person = id
  drafts.value = id ? keptDrafts(id) : []
  if (id)
    void sweepBlobs(id, () => new Set(draftsNow(id, drafts.value).flatMap(picturesOf)))
  void flush()
}

/** Changes one draft where they are kept, over what other web views of this device wrote there; pictures it had and no longer has go. */
function change(key: string, to: (draft: Draft | undefined) => Draft | null): void {
  if (!person)
    return
  const owner = person
  const had = drafts.value.filter(draft => draft.key === key).flatMap(picturesOf)
  drafts.value = changeKept(owner, drafts.value, key, to)
  const needed = new Set(drafts.value.flatMap(picturesOf))
  had.filter(id => !needed.has(id)).forEach(id => void dropBlob(owner, id))
}

function lookAgain(): void {
  if (person)
    drafts.value = draftsNow(person, drafts.value)
}

/** Keeps a draft on this device, with its pictures. @returns false when a picture could not be kept */
async function keep(draft: Draft): Promise<boolean> {
  change(draft.key, () => draft)
  const owner = person
  const kept = await Promise.all(picturesOf(draft).map((id) => {
    const blob = localPicture(id)
    return !blob || !owner || keepBlob(owner, id, blob)
  }))
  return kept.every(Boolean)
}

function drop(key: string): void {
  if (drafts.value.some(one => one.key === key))
    change(key, () => null)
}

/**
 * Takes a draft for its form, with its pictures in memory to be shown; it is not sent by itself until `closeDraft`.
 * @returns the draft once a sending under way has ended: none when that went well
 */
async function openDraft(key: string): Promise<Draft | undefined> {
  if (person && !open.has(key))
    open.set(key, holdForForm(person, key))
  await Promise.all([notSending(key), open.get(key)])
  lookAgain()
  const draft = drafts.value.find(one => one.key === key)
  const owner = person
  for (const id of draft ? picturesOf(draft) : []) {
    const blob = localPicture(id) ?? (owner ? await keptBlob(owner, id) : null)
    if (blob)
      addLocalPicture(blob, id)
  }
  return draft
}

/** The form is gone, and has left the draft as it is to be; what waits goes out again. */
function closeDraft(key: string): void {
  const held = open.get(key)
  open.delete(key)
  void held?.then(letGo => letGo()).then(flush)
}

async function notSending(key: string): Promise<void> {
  while (sending.value === key) {
    await new Promise<void>((ended) => {
      watch(sending, () => ended(), { flush: 'sync', once: true })
    })
  }
}

/**
 * Sends one draft now. Without a network it waits and goes out later by itself; what the server refuses, or fails at
 * again and again, stays with what it said. Only whoever sends by hand is asked to connect to the CRM.
 */
function deliver(draft: Draft): Promise<Delivery> {
  return send(draft, false)
}

async function send(draft: Draft, quiet: boolean): Promise<Delivery> {
  const owner = person
  const mine = () => owner === person
  sending.value = draft.key
  let current: Draft = { ...draft, state: 'waiting', problem: null, issues: [], tries: draft.state === 'refused' ? 0 : (draft.tries ?? 0) }
  const whole = await keep(current)
  try {
    const record = await sendDraft(current, {
      blobOf: async id => localPicture(id) ?? (owner ? keptBlob(owner, id) : null),
      onChange(changed) {
        current = changed
        if (mine())
          change(changed.key, kept => kept ? changed : null)
      },
      quiet,
    })
    if (mine()) {
      drop(draft.key)
      sent.value = [...sent.value, record]
    }
    return { state: 'sent', record }
  }
  catch (error) {
    const tries = (current.tries ?? 0) + (isServersFault(error) ? 1 : 0)
    const waits = isForLater(error) && tries < triesBeforeRefused
    const issues = isApiError(error) ? [...error.issues] : []
    // Another web view may have sent it meanwhile: then it is not there any more.
    if (mine())
      change(draft.key, kept => kept ? { ...current, tries, needsConnection: needsConnection(error), ...(!waits && { state: 'refused' as const, problem: describeError(error).message, issues }) } : null)
    return waits ? { state: 'waiting', error, whole } : { state: 'refused', error }
  }
  finally {
    sending.value = null
  }
}

const isNext = ({ key, state }: Draft) => state === 'waiting' && !open.has(key)

/** Sends everything that waits, oldest first; stops where all of them would have to wait on. */
async function flush(): Promise<void> {
  if (flushing || sending.value || !navigator.onLine)
    return
  flushing = true
  try {
    lookAgain()
    const mayGoOn = newRound()
    for (const key of inTurn(drafts.value.filter(isNext).map(draft => draft.key))) {
      const delivery = person && await ifNobodyHolds(person, key, () => deliverNext(key))
      if (delivery && !mayGoOn(key, delivery))
        return
    }
  }
  finally {
    flushing = false
  }
}

/** Another web view may have sent or changed it, or a form taken it, since it was listed. */
async function deliverNext(key: string): Promise<Delivery | undefined> {
  lookAgain()
  const draft = drafts.value.find(one => one.key === key && isNext(one))
  return draft && send(draft, true)
}

function listen(): void {
  if (listening)
    return
  listening = true
  const session = useSession()
  effectScope(true).run(() => watch(() => session.account?.id, take, { flush: 'sync', immediate: true }))
  onKeptElsewhere(() => person, lookAgain)
  window.addEventListener('online', () => void flush())
  document.addEventListener('visibilitychange', () => document.hidden || void flush())
  timer ??= setInterval(() => void flush(), tryEvery)
}
