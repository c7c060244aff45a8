import type { FormValues } from '../record-form/types.ts'
import { uploadPicture } from '../../api/uploads.ts'
import { dropLocalPicture, isLocal, localPicture } from './sources.ts'

/** Sends the pictures of a form that are only on this device, and puts the server's ids in their place. @throws ApiError */
export async function sendLocals(values: FormValues): Promise<FormValues> {
  const sent = { ...values }
  for (const [key, value] of Object.entries(values)) {
    if (!Array.isArray(value) || !value.some(isLocal))
      continue
    const ids: string[] = []
    for (const id of value) {
      const blob = isLocal(id) ? localPicture(id) : undefined
      if (blob)
        ids.push((await uploadPicture(blob)).id)
      else if (!isLocal(id))
        ids.push(id)
    }
    sent[key] = ids.length > 0 ? ids : null
  }
  Object.values(values).flatMap(value => Array.isArray(value) ? value : []).filter(isLocal).forEach(dropLocalPicture)
  return sent
}
