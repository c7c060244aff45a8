import type { CrmRecord } from '#contract/crm/records.ts'
import type { FieldIssue } from '#contract/errors.ts'
import type { FormValues } from '../../components/record-form/types.ts'
import type { Draft } from './types.ts'
import { ApiError, isApiError, request } from '../../api/index.ts'
import { uploadPicture } from '../../api/uploads.ts'
import { dropLocalPicture, isLocal } from '../../components/pictures/sources.ts'
import { sameValue } from '../../components/record-form/values.ts'
import { t } from '../../locales/index.ts'

export interface SendParts {
  /** The picture behind a local id, from memory or from this device's store. */
  blobOf: (id: string) => Promise<Blob | null>
  /** The draft has changed: a picture was sent and has an id of the server now. */
  onChange: (draft: Draft) => void
  /** Nobody waits for it: a missing connection to the CRM is not asked for. */
  quiet?: boolean
}

/**
 * Sends a draft: first its pictures, one by one, each kept track of, so that a broken connection
 * does not send them again; then the record, under its own request key, or the change, over the version it was made from.
 * @throws ApiError; picture_lost for a picture that is no longer on this device
 */
export async function sendDraft(draft: Draft, { blobOf, onChange, quiet = false }: SendParts): Promise<CrmRecord> {
  let current = draft
  await refuseLost(draft, blobOf)
  for (const part of ['values', 'next'] as const) {
    const values = part === 'values' ? current.values : current.next?.values
    for (const id of localPictures(values)) {
      const { id: sent } = await uploadPicture((await blobOf(id))!)
      current = replacePicture(current, id, sent)
      onChange(current)
      dropLocalPicture(id)
    }
  }
  const { values, next, fromPlanId, key, kind, edit, ignoreDuplicates } = current
  if (edit)
    return sendChange(current, edit, quiet)
  return request('POST /api/crm/:kind', {
    params: { kind },
    body: { values, requestKey: key, ...(fromPlanId && { fromPlanId }), ...(next && { next: { values: next.values } }), ...(ignoreDuplicates && { ignoreDuplicates }) },
    timeout: 30_000,
    ...(quiet && { ask: false }),
  })
}

/** Pictures that this device no longer has are not left out silently: their writer takes new ones, or sends the rest. */
async function refuseLost({ values, next }: Draft, blobOf: SendParts['blobOf']): Promise<void> {
  const message = t('crm.drafts.pictureLost')
  const issues: FieldIssue[] = []
  for (const [path, part] of [['values', values], ['next.values', next?.values]] as const) {
    for (const [key, value] of Object.entries(part ?? {})) {
      const blobs = await Promise.all(localPictures({ [key]: value }).map(blobOf))
      if (blobs.includes(null))
        issues.push({ path: `${path}.${key}`, message })
    }
  }
  if (issues.length > 0)
    throw new ApiError({ code: 'picture_lost', status: 410, message, issues })
}

/** A change whose answer got lost is found to be there already: it is not somebody else's, and no conflict. */
async function sendChange({ kind, values }: Draft, { id, version }: NonNullable<Draft['edit']>, quiet: boolean): Promise<CrmRecord> {
  try {
    return await request('PATCH /api/crm/:kind/:id', { params: { kind, id }, body: { values, version }, timeout: 30_000, ...(quiet && { ask: false }) })
  }
  catch (error) {
    const theirs = isApiError(error) && error.code === 'stale_edit' ? error.versions?.theirs : undefined
    if (theirs && Object.entries(values).every(([key, value]) => sameValue(value, theirs.values[key])))
      return theirs
    throw error
  }
}

/** Pictures of a draft that are only on this device. */
export function picturesOf({ values, next }: Draft): string[] {
  return [...localPictures(values), ...localPictures(next?.values)]
}

function localPictures(values: FormValues | undefined): string[] {
  return Object.values(values ?? {}).flatMap(value => (Array.isArray(value) ? value : typeof value === 'string' ? [value] : [])).filter(isLocal)
}

/** The failure means "not now": the draft waits for a better moment. */
export function isForLater(error: unknown): boolean {
  return isApiError(error) && (error.isNetwork || (error.status >= 500 && error.code !== 'crm_unsupported') || error.code === 'rate_limited' || error.code === 'unauthenticated' || error.code === 'crm_login_required')
}

/** The person has to connect to the CRM (again) before anything goes out. */
export function needsConnection(error: unknown): boolean {
  return isApiError(error) && error.code === 'crm_login_required'
}

/** The server failed at this very draft: others may go through all the same. */
export function isServersFault(error: unknown): boolean {
  return isApiError(error) && (error.code === 'internal' || error.code === 'crm_bad_answer')
}

/** The CRM did not answer: mostly to nobody, but a connection may also be cut because of what is sent. */
export function isUnreached(error: unknown): boolean {
  return isApiError(error) && error.code === 'crm_unreachable'
}

function replacePicture(draft: Draft, id: string, by: string): Draft {
  const swap = (values: FormValues): FormValues => Object.fromEntries(Object.entries(values).map(([key, value]) => {
    if (value === id)
      return [key, by]
    if (!Array.isArray(value) || !value.includes(id))
      return [key, value]
    return [key, value.map(one => one === id ? by : one)]
  }))
  return { ...draft, values: swap(draft.values), next: draft.next && { ...draft.next, values: swap(draft.next.values) } }
}
