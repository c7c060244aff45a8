import type { ApiErrorCode } from '../../../src/api/errors.ts'
import type { Draft } from '../../../src/stores/outbox/types.ts'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '../../../src/api/errors.ts'
import { addLocalPicture } from '../../../src/components/pictures/sources.ts'
import { useOutbox } from '../../../src/stores/outbox/index.ts'
import { fakeStorage } from './fake-session.ts'

const server = vi.hoisted(() => ({ asked: [] as string[], quiet: [] as boolean[], answer: (_: string): unknown => ({}) }))
vi.mock('../../../src/api/index.ts', async () => ({
  ...(await vi.importActual<typeof import('../../../src/api/errors.ts')>('../../../src/api/errors.ts')),
  request: async (_: string, { body, ask }: { body: { requestKey: string }, ask?: false }) => {
    server.quiet.push(ask === false)
    server.asked.push(body.requestKey)
    return server.answer(body.requestKey)
  },
}))
vi.mock('../../../src/api/uploads.ts', () => ({ uploadPicture: async () => ({ id: 'sent' }) }))
const blobs = vi.hoisted(() => ({ kept: new Set<string>() }))
vi.mock('../../../src/support/blobs.ts', () => ({
  keepBlob: async (_: string, id: string) => Boolean(blobs.kept.add(id)),
  keptBlob: async () => null,
  dropBlob: async (_: string, id: string) => blobs.kept.delete(id),
  sweepBlobs: async () => {},
}))
vi.mock('../../../src/components/feedback/describe-error.ts', () => ({ describeError: (error: Error) => ({ message: error.message }) }))
vi.mock('../../../src/stores/session/index.ts', () => ({ useSession: () => ({ account: { id: 'zhang' } }) }))

const shelf = 'crm:account:zhang:outbox'
const draft = (key: string): Draft => ({ key, kind: 'customers', title: key, said: null, about: null, fromPlanId: null, values: { name: key }, refs: {}, edit: null, ignoreDuplicates: false, next: null, state: 'waiting', problem: null, issues: [], changedAt: '2026-11-26T00:00:00Z' })
const failure = (code: ApiErrorCode, status: number) => new ApiError({ code, status, message: code })
const kept = () => (JSON.parse(localStorage.getItem(shelf) ?? '[]') as Draft[]).map(({ key }) => key)

const listeners = new Map<string, (event: unknown) => void>()
vi.stubGlobal('localStorage', fakeStorage())
vi.stubGlobal('window', { addEventListener: (name: string, then: (event: unknown) => void) => listeners.set(name, then) })
vi.stubGlobal('document', { addEventListener: () => {}, hidden: false })
const { locks } = navigator
vi.stubGlobal('navigator', { onLine: true, locks })
vi.stubGlobal('setInterval', () => 1)
const outbox = useOutbox()

/** What another web view of the same device leaves, and tells. */
function elsewhere(drafts: Draft[]) {
  localStorage.setItem(shelf, JSON.stringify(drafts))
  listeners.get('storage')!({ key: shelf })
}

beforeEach(() => {
  elsewhere([])
  server.asked = []
  server.quiet = []
  server.answer = () => ({ id: 'made' })
})

describe('drafts of two web views', () => {
  it('are seen in both, and neither writes over the other\'s', async () => {
    await outbox.keep(draft('ours'))
    localStorage.setItem(shelf, JSON.stringify([draft('ours'), draft('theirs')]))
    await outbox.keep({ ...draft('ours'), title: 'changed' })
    expect(kept().sort()).toEqual(['ours', 'theirs'])
    elsewhere([draft('theirs')])
    expect(outbox.drafts.value.map(({ key }) => key)).toEqual(['theirs'])
    outbox.drop('theirs')
    expect(kept()).toEqual([])
  })

  it('are not sent by one after the other sent them', async () => {
    await outbox.keep(draft('a'))
    await outbox.keep(draft('b'))
    server.answer = (key) => {
      localStorage.setItem(shelf, JSON.stringify([draft(key)]))
      return { id: key }
    }
    await outbox.flush()
    expect(server.asked).toEqual(['a'])
    expect(kept()).toEqual([])
  })
})

describe('sending what waits', () => {
  it.each([['internal', 500], ['crm_bad_answer', 502]] as const)('goes on past a draft the server fails at (%s), and says so after a few tries', async (code, status) => {
    elsewhere([draft('bad'), draft('good')])
    server.answer = (key) => {
      if (key === 'bad')
        throw failure(code, status)
      return { id: key }
    }
    await outbox.flush()
    expect(server.asked).toEqual(['bad', 'good'])
    expect(outbox.drafts.value).toMatchObject([{ key: 'bad', state: 'waiting' }])
    for (let turn = 0; turn < 5; turn++) await outbox.flush()
    expect(server.asked.filter(key => key === 'bad')).toHaveLength(4)
    expect(outbox.refused.value).toMatchObject([{ key: 'bad', problem: code }])
    server.answer = key => ({ id: key })
    expect(await outbox.deliver(outbox.refused.value[0]!)).toMatchObject({ state: 'sent' })
    expect(kept()).toEqual([])
  })

  it('asks for a connection to the CRM only what is sent by hand, and says what it waits for', async () => {
    elsewhere([draft('a'), draft('b')])
    server.answer = () => {
      throw failure('crm_login_required', 403)
    }
    await outbox.flush()
    await outbox.flush()
    expect(server.asked).toEqual(['a', 'a'])
    expect(server.quiet).toEqual([true, true])
    expect(outbox.waiting.value).toMatchObject([{ key: 'a', needsConnection: true }, { key: 'b' }])
    await outbox.deliver(outbox.find('a')!)
    expect(server.quiet).toEqual([true, true, false])
    server.answer = () => {
      throw failure('network', 0)
    }
    await outbox.flush()
    expect(outbox.find('a')).toMatchObject({ needsConnection: false })
  })

  it('lets others go before drafts that do not reach the CRM, and leaves it alone when it is down', async () => {
    elsewhere(['a', 'b', 'c', 'd'].map(draft))
    server.answer = (key) => {
      if (key === 'a' || key === 'b')
        throw failure('crm_unreachable', 502)
      return { id: key }
    }
    await outbox.flush()
    expect(server.asked).toEqual(['a', 'b'])
    await outbox.flush()
    expect(server.asked.slice(2)).toEqual(['c', 'd', 'a', 'b'])
    server.answer = () => {
      throw failure('crm_unreachable', 502)
    }
    for (let turn = 0; turn < 6; turn++) await outbox.flush()
    expect(outbox.waiting.value.map(({ key }) => key)).toEqual(['a', 'b'])
  })

  it('stops where no network keeps all of them', async () => {
    elsewhere([draft('a'), draft('b')])
    server.answer = () => {
      throw failure('network', 0)
    }
    for (let turn = 0; turn < 6; turn++) await outbox.flush()
    expect(new Set(server.asked)).toEqual(new Set(['a']))
    expect(outbox.waiting.value).toHaveLength(2)
  })
})

describe('a draft whose form is open', () => {
  it('waits until the form is closed', async () => {
    elsewhere([draft('open'), draft('other')])
    expect(await outbox.openDraft('open')).toMatchObject({ key: 'open', state: 'waiting' })
    await outbox.flush()
    expect(server.asked).toEqual(['other'])
    outbox.closeDraft('open')
    await vi.waitFor(() => expect(kept()).toEqual([]))
    expect(server.asked).toEqual(['other', 'open'])
  })

  it('opens only once a sending under way has ended', async () => {
    elsewhere([draft('a')])
    let answer = () => {}
    server.answer = () => new Promise(resolve => (answer = () => resolve({ id: 'a' })))
    const flushed = outbox.flush()
    await vi.waitFor(() => expect(server.asked).toEqual(['a']))
    const opened = outbox.openDraft('a')
    answer()
    await flushed
    expect(await opened).toBeUndefined()
    outbox.closeDraft('a')
  })
})

describe('a draft that another web view has', () => {
  const lock = 'outbox:zhang:theirs'

  it('is not sent while its form is open there', async () => {
    elsewhere([draft('theirs'), draft('ours')])
    let close = () => {}
    let closed: Promise<void> | undefined
    await new Promise<void>((open) => {
      closed = locks.request(lock, { mode: 'shared' }, () => new Promise<void>((letGo) => {
        close = letGo
        open()
      }))
    })
    await outbox.flush()
    expect(server.asked).toEqual(['ours'])
    close()
    await closed
    await outbox.flush()
    expect(server.asked).toEqual(['ours', 'theirs'])
  })

  it('opens here only once a sending there has ended', async () => {
    elsewhere([draft('theirs')])
    let sent = () => {}
    await new Promise<void>((held) => {
      void locks.request(lock, () => new Promise<void>((ended) => {
        sent = ended
        held()
      }))
    })
    const opened = outbox.openDraft('theirs')
    expect(await Promise.race([opened.then(() => 'opened'), locks.query().then(({ pending }) => pending?.map(({ name }) => name))])).toEqual([lock])
    elsewhere([])
    sent()
    expect(await opened).toBeUndefined()
    outbox.closeDraft('theirs')
  })
})

describe('pictures of drafts', () => {
  const withPictures = (...pictures: string[]) => ({ ...draft('pictured'), state: 'writing' as const, values: { pictures } })
  beforeEach(() => blobs.kept.clear())

  it('stay as long as their draft has them', async () => {
    const [one, two] = [addLocalPicture(new Blob(['1'])), addLocalPicture(new Blob(['2']))]
    await outbox.keep(withPictures(one, two))
    expect([...blobs.kept]).toEqual([one, two])
    await outbox.keep(withPictures(two))
    expect([...blobs.kept]).toEqual([two])
    outbox.drop('pictured')
    expect(blobs.kept.size).toBe(0)
  })

  it('go once they are sent, also when the rest is refused', async () => {
    server.answer = () => {
      throw failure('internal', 422)
    }
    URL.revokeObjectURL = () => {}
    await outbox.deliver(withPictures(addLocalPicture(new Blob(['1']))))
    expect(blobs.kept.size).toBe(0)
    expect(outbox.find('pictured')?.values).toEqual({ pictures: ['sent'] })
  })
})
