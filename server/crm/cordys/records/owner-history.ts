import type { Ownership } from '#contract/crm/steps.ts'
import type { Work } from '../parts.ts'
import { z } from 'zod'
import { explainMissing } from '../explain.ts'
import { fetchDetail } from './get.ts'

const text = z.string().nullish()
const row = z.looseObject({
  owner: text,
  ownerName: text,
  collectionTime: z.number().nullish(),
  endTime: z.number().nullish(),
  operator: text,
  operatorName: text,
})

const person = (id: string, name: string | null | undefined) => ({ id, name: name ?? '', avatar: null })
const iso = (at: number | null | undefined) => new Date(at ?? 0).toISOString()

/** Who owned a customer when (负责人记录): Cordys lists the earlier owners, the present one stands in the record. */
export async function ownerHistory(work: Work, id: string): Promise<Ownership[]> {
  const [detail, rows] = await Promise.all([
    fetchDetail(work, id),
    work.cordys.get('/account/owner/history/list/:id', { params: { id }, schema: z.array(row).nullish() }).catch(explainMissing),
  ])
  const earlier = (rows ?? []).flatMap(({ owner, ownerName, collectionTime, endTime, operator, operatorName }) =>
    owner
      ? [{ owner: person(owner, ownerName), from: iso(collectionTime), until: iso(endTime), by: operator ? person(operator, operatorName) : null }]
      : [])
  earlier.sort((a, b) => b.from.localeCompare(a.from))
  const present = detail.owner === null
    ? []
    : [{ owner: person(detail.owner, detail.ownerName), from: iso(detail.collectionTime ?? detail.createTime), until: null, by: null }]
  return [...present, ...earlier]
}
