import type { Work } from '../parts.ts'
import type { SaveBody } from './body.ts'
import { rawPage } from './raw.ts'

/** The clocks of Cordys and of this machine may differ by so much. */
const clocksMs = 5 * 60 * 1000

/** The record an earlier attempt made without our hearing of it: the same words, by the same person, since then. */
export async function findMade({ cordys, kind, user }: Work, body: SaveBody, since: Date): Promise<string | undefined> {
  const request = { current: 1, pageSize: 50, viewId: 'ALL', sort: { name: 'createTime', type: 'desc' } }
  const { list } = kind.kind === 'follow-ups'
    ? await cordys.read('/account/follow/record/page', { body: { ...request, sourceId: body.customerId }, schema: rawPage })
    : await cordys.read(`${kind.path}/page`, { body: { ...request, keyword: body.name }, schema: rawPage })
  const told = kind.kind === 'follow-ups' ? ['content', 'followTime', 'customerId'] : kind.kind === 'contacts' ? ['name', 'customerId'] : ['name']
  return list.find(record =>
    record.createUser === user.id
    && (record.createTime ?? 0) >= since.getTime() - clocksMs
    && told.every(key => (record[key] ?? null) === (body[key] ?? null)))?.id
}
