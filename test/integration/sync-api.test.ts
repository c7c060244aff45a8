import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { startApp } from '../support/app.ts'
import { until } from '../support/until.ts'

type Run = ApiOutput<'GET /api/sync/runs/:id'>

describe('the sync over HTTP', () => {
  let app: TestApp
  let admin: Client
  beforeAll(async () => {
    app = await startApp()
    admin = await app.loggedIn('zhangsan')
  })
  afterAll(() => app.close())

  const ended = (id: string) =>
    until(async () => {
      const { body } = await admin.get<Run>(`/api/sync/runs/${id}`)
      return body.status === 'running' ? undefined : body
    })

  it('previews, shows and exports the changes, applies them and takes them back', async () => {
    const {
      body: { id },
    } = await admin.post<Run>('/api/sync/runs', { mode: 'preview' })
    expect(await ended(id)).toMatchObject({ status: 'planned', progress: { membersKnown: 160 }, scope: { company: 160, names: [] }, kinds: { 'account.create': 159 } })
    const page = await admin.get<ApiOutput<'GET /api/sync/runs/:id/changes'>>(`/api/sync/runs/${id}/changes?kind=account.create&limit=3`)
    expect(page.body).toMatchObject({ total: 159, items: [{ status: 'planned' }, {}, {}] })

    const csv = await admin.get<string>(`/api/sync/runs/${id}/export?format=csv`)
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.body.split('\r\n').length).toBeGreaterThan(170)
    const json = await admin.get<unknown[]>(`/api/sync/runs/${id}/export?format=json`)
    expect(json.body.length).toBe(csv.body.trim().split('\r\n').length - 1)

    expect((await admin.post(`/api/sync/runs/${id}/apply`, {})).status).toBe(202)
    expect(await ended(id)).toMatchObject({ status: 'succeeded', undoable: true })
    expect((await admin.post(`/api/sync/runs/${id}/apply`, {})).error).toMatchObject({ code: 'sync_not_applicable' })
    const undo = await admin.post<Run>(`/api/sync/runs/${id}/undo`, {})
    expect(await ended(undo.body.id)).toMatchObject({ mode: 'undo', undoes: id, status: 'succeeded' })
    expect(
      (await admin.get<ApiOutput<'GET /api/sync/runs'>>('/api/sync/runs')).body.runs.map(run => [run.mode, run.undoneBy === undo.body.id]),
    ).toEqual([
      ['undo', false],
      ['preview', true],
    ])
    const first = await admin.get<ApiOutput<'GET /api/sync/runs'>>('/api/sync/runs?limit=1')
    expect(first.body).toMatchObject({ total: 2, runs: [{ id: undo.body.id }] })
    const second = await admin.get<ApiOutput<'GET /api/sync/runs'>>(`/api/sync/runs?limit=1&cursor=${encodeURIComponent(first.body.nextCursor!)}`)
    expect(second.body).toMatchObject({ nextCursor: null, runs: [{ id }] })
    // As many as a selection may name still get through.
    const many = Array.from({ length: 50_000 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`)
    expect((await admin.post(`/api/sync/runs/${many[0]}/apply`, { changeIds: many })).status).toBe(404)
  })

  it('shows what waits however old it is, and departments to choose from before any has been synced', async () => {
    type Runs = ApiOutput<'GET /api/sync/runs'>
    type Choosable = ApiOutput<'GET /api/sync/settings/departments'>
    const named = async () => (await admin.get<Choosable>('/api/sync/settings/departments')).body.departments.map(({ dingtalkId, name, parentId }) => ({ dingtalkId, name, parentId }))
    const sorted = (list: { dingtalkId: number }[]) => list.toSorted((a, b) => a.dingtalkId - b.dingtalkId)
    const real = sorted(app.sandbox.platform.departments().map(({ deptId, name, parentId }) => ({ dingtalkId: deptId, name, parentId: parentId ?? null })))
    expect(sorted(await named())).toEqual(real)
    const preview = await ended((await admin.post<Run>('/api/sync/runs', { mode: 'preview' })).body.id)
    app.sandbox.platform.control.settings({ scope: { deptIds: [], userids: [] } })
    expect(sorted(await named())).toEqual(real)
    app.sandbox.platform.control.settings({ scope: { deptIds: [1], userids: [] } })
    const other = await ended((await admin.post<Run>('/api/sync/runs', { mode: 'preview' })).body.id)
    await admin.post(`/api/sync/runs/${other.id}/cancel`, {})
    const { body } = await admin.get<Runs>('/api/sync/runs?status=waiting')
    expect(body).toMatchObject({ total: 1, runs: [{ id: preview.id }] })
    await admin.post(`/api/sync/runs/${preview.id}/cancel`, {})
  })

  it('welcomes newcomers of a run somebody approved, if wished, and nobody who was there first', async () => {
    const { body: { settings } } = await admin.get<ApiOutput<'GET /api/sync/settings'>>('/api/sync/settings')
    await admin.put('/api/sync/settings', { ...settings, welcome: true })
    const welcomed = async () => (await admin.get<ApiOutput<'GET /api/notifications'>>('/api/notifications?kind=welcome')).body.items.map(({ receivers }) => receivers)
    await app.database.db.delete(tables.syncRun)
    await app.sync(admin)
    expect(await welcomed()).toEqual([])
    app.sandbox.platform.control.mutate(
      { op: 'addMember', member: { userid: 'neu1', name: '新一', deptIds: [1] } },
      { op: 'addMember', member: { userid: 'neu2', name: '新二', deptIds: [1] } },
    )
    const preview = await ended((await admin.post<Run>('/api/sync/runs', { mode: 'preview' })).body.id)
    expect(await welcomed()).toEqual([])
    await admin.post(`/api/sync/runs/${preview.id}/apply`, {})
    const run = await ended(preview.id)
    expect(run).toMatchObject({ status: 'succeeded' })
    expect(await welcomed()).toEqual([2])
  })

  it('is for administrators only', async () => {
    await app.sync(admin)
    const member = await app.loggedIn('zhaoliu')
    for (const path of ['', '/00000000-0000-4000-8000-000000000000/changes', '/00000000-0000-4000-8000-000000000000/export?format=csv'])
      expect((await member.get(`/api/sync/runs${path}`)).status).toBe(403)
    expect((await member.post('/api/sync/runs/00000000-0000-4000-8000-000000000000/undo', {})).status).toBe(403)
    expect((await admin.get('/api/sync/runs/00000000-0000-4000-8000-000000000000/export?format=csv')).status).toBe(404)
  })
})
