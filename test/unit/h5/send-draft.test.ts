import type { Draft } from '../../../src/stores/outbox/types.ts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '../../../src/api/errors.ts'
import { sendDraft } from '../../../src/stores/outbox/send.ts'

const asked = vi.hoisted(() => ({ answer: (): unknown => undefined, calls: [] as unknown[][] }))
vi.mock('../../../src/api/index.ts', async () => ({
  ...(await vi.importActual<typeof import('../../../src/api/errors.ts')>('../../../src/api/errors.ts')),
  request: async (...call: unknown[]) => {
    asked.calls.push(call)
    return asked.answer()
  },
}))
vi.mock('../../../src/api/uploads.ts', () => ({ uploadPicture: async () => ({ id: 'sent' }) }))
afterEach(() => void (asked.calls = []))

const change: Draft = {
  key: 'k',
  kind: 'customers',
  title: '某公司',
  said: null,
  about: null,
  fromPlanId: null,
  values: { phone: '1', tags: ['b', 'a'] },
  refs: {},
  edit: { id: 'c1', version: 3, base: { phone: '0', tags: null } },
  ignoreDuplicates: false,
  next: null,
  state: 'waiting',
  problem: null,
  issues: [],
  changedAt: '2026-11-26T00:00:00Z',
}
const parts = { blobOf: async () => null, onChange: () => {} }

/** What the server says when the version has moved on to these values. */
function staleWith(values: object): ApiError {
  const theirs = { kind: 'customers', id: 'c1', version: 4, values }
  return new ApiError({ code: 'stale_edit', status: 409, versions: { yours: {}, theirs } } as unknown as ConstructorParameters<typeof ApiError>[0])
}

describe('sending a change that waited', () => {
  it('goes over the version it was made from', async () => {
    asked.answer = () => ({ id: 'c1' })
    await sendDraft(change, parts)
    expect(asked.calls).toMatchObject([['PATCH /api/crm/:kind/:id', { params: { kind: 'customers', id: 'c1' }, body: { values: change.values, version: 3 } }]])
  })

  it('is no conflict with itself when only its answer got lost', async () => {
    asked.answer = () => {
      throw staleWith({ phone: ' 1', tags: ['a', 'b'], name: '别人改过的名字' })
    }
    await expect(sendDraft(change, parts)).resolves.toMatchObject({ id: 'c1', version: 4 })
  })

  it('is one when somebody else wrote something else', async () => {
    asked.answer = () => {
      throw staleWith({ phone: '2', tags: ['a', 'b'] })
    }
    await expect(sendDraft(change, parts)).rejects.toMatchObject({ code: 'stale_edit' })
  })
})

describe('pictures of a draft', () => {
  it('that are no longer on this device are said to be, and nothing is sent without them', async () => {
    asked.answer = () => ({ id: 'made' })
    const draft: Draft = { ...change, kind: 'follow-ups', edit: null, values: { content: '见面', pictures: ['local:gone', 'local:here', 'p1'] } }
    const blobOf = async (id: string) => id === 'local:here' ? new Blob(['x']) : null
    await expect(sendDraft(draft, { ...parts, blobOf })).rejects.toMatchObject({ code: 'picture_lost', isNetwork: false, issues: [{ path: 'values.pictures' }] })
    expect(asked.calls).toEqual([])
    await sendDraft({ ...draft, values: { content: '见面', pictures: ['local:here', 'p1'] } }, { ...parts, blobOf })
    expect(asked.calls).toMatchObject([['POST /api/crm/:kind', { body: { values: { pictures: ['sent', 'p1'] } } }]])
  })
})
