import type { Json, TestPlatform } from './open-platform.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestPlatform } from './open-platform.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startTestPlatform()
})
afterAll(() => platform.close())

async function upload(query: string, name: string, bytes: number, part = 'media', fields: Record<string, string> = {}): Promise<Json> {
  const form = new FormData()
  form.set(part, new Blob([new Uint8Array(bytes)]), name)
  Object.entries(fields).forEach(([key, value]) => form.set(key, value))
  return (await platform.raw(`/media/upload?access_token=${platform.token}${query}`, { method: 'POST', body: form })).body
}

describe('media upload (row 30)', () => {
  it('takes the type from the URL or the form', async () => {
    const first = await upload('&type=image', 'a.png', 10)
    expect(first).toMatchObject({ errcode: 0, errmsg: 'ok', media_id: expect.stringMatching(/^@/), created_at: expect.any(Number), type: 'image' })
    expect(await upload('', 'a.pdf', 10, 'media', { type: 'file' })).toMatchObject({ errcode: 0, type: 'file' })
  })

  it('refuses bad types, sizes and parts', async () => {
    expect(await upload('', 'a.png', 10)).toMatchObject({ errcode: 40004 })
    expect(await upload('&type=image', 'a.exe', 10)).toMatchObject({ errcode: 40004 })
    expect(await upload('&type=voice', 'a.mp3', 2 * 1024 * 1024 + 1)).toMatchObject({ errcode: 40006 })
    expect(await upload('&type=image', 'a.png', 10, 'file')).toMatchObject({ errcode: 40035 })
    expect((await platform.raw(`/media/upload?access_token=${platform.token}&type=image`, { method: 'POST' })).body).toMatchObject({ errcode: 43008 })
  })
})
