import type { ApiOutput } from '#contract/index.ts'
import { scalePicture } from '../components/pictures/shrink.ts'
import { http } from './http.ts'

/** Pixels of the longer side of what lists show; the server takes no more than 480. */
const thumbSide = 240

/** Sends a picture, and its small form for lists; it belongs to the sender until a record names it. @throws ApiError */
export async function uploadPicture(picture: Blob): Promise<ApiOutput<'POST /api/crm/pictures'>> {
  const { data } = await http.post<ApiOutput<'POST /api/crm/pictures'>>('api/crm/pictures', picture, {
    headers: { 'Content-Type': picture.type },
    timeout: 60_000,
  })
  await uploadThumb(data.id, picture)
  return data
}

/** Waited for, because a picture takes no small form any more once a record names it; but lists can do without, so no failure. */
async function uploadThumb(id: string, picture: Blob): Promise<void> {
  try {
    const small = await scalePicture(picture, thumbSide, 0.75)
    await http.put(`api/crm/pictures/${id}/thumb`, small, { headers: { 'Content-Type': small.type }, timeout: 10_000 })
  }
  catch {
    // Lists show the picture itself.
  }
}

/** Sends a table to be checked before it is imported. @throws ApiError */
export async function uploadTable(kind: string, file: File): Promise<ApiOutput<'POST /api/crm/imports/:kind'>> {
  const { data } = await http.post<ApiOutput<'POST /api/crm/imports/:kind'>>(`api/crm/imports/${kind}`, file, {
    params: { fileName: file.name.slice(0, 200) },
    headers: { 'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
    timeout: 120_000,
  })
  return data
}
