import { shallowReactive } from 'vue'
import { basePath } from '../../support/base.ts'
import { newKey } from '../../support/new-key.ts'

/** Pictures chosen on this page and not sent yet, by an id of ours; `local:` tells them from the server's. */
const local = shallowReactive(new Map<string, { blob: Blob, url: string }>())

export function isLocal(picture: string): boolean {
  return picture.startsWith('local:')
}

/** Keeps a picture until it is sent. @returns its id in the form's value */
export function addLocalPicture(blob: Blob, id = `local:${newKey()}`): string {
  if (!local.has(id))
    local.set(id, { blob, url: URL.createObjectURL(blob) })
  return id
}

export function localPicture(id: string): Blob | undefined {
  return local.get(id)?.blob
}

export function dropLocalPicture(id: string): void {
  const known = local.get(id)
  if (known)
    URL.revokeObjectURL(known.url)
  local.delete(id)
}

/** Where an `<img>` finds a picture; "" for one that is no longer on this device. */
export function pictureSource(id: string, size: 'full' | 'thumb' = 'thumb'): string {
  if (isLocal(id))
    return local.get(id)?.url ?? ''
  return `${basePath()}api/crm/pictures/${encodeURIComponent(id)}?size=${size}`
}
