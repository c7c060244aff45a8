import type { ApiOutput } from '#contract/index.ts'
import { http } from './http.ts'

/** Sends a picture; it belongs to the sender until a record names it. @throws ApiError */
export async function uploadPicture(picture: Blob): Promise<ApiOutput<'POST /api/crm/pictures'>> {
  const { data } = await http.post<ApiOutput<'POST /api/crm/pictures'>>('api/crm/pictures', picture, {
    headers: { 'Content-Type': picture.type },
    timeout: 60_000,
  })
  return data
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
