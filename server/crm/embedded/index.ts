import type { Db } from '../../db/index.ts'
import type { Directory } from '../../directory/index.ts'
import type { PublishCrmEvents } from '../events.ts'
import type { CrmGateway } from '../gateway.ts'
import type { EmbeddedParts } from './parts.ts'
import { capabilities } from './capabilities.ts'
import { describeForm } from './forms/describe.ts'
import { fieldOptions, people } from './forms/options.ts'
import { kinds } from './kinds/index.ts'
import { getRecord } from './records/get.ts'
import { listRecords } from './records/list.ts'
import { search } from './search/search.ts'
import { recent } from './workbench/recent.ts'
import { today } from './workbench/today.ts'
import { createRecord } from './write/create.ts'
import { patchRecord } from './write/patch.ts'
import { removeMany, removeRecord, restoreRecord } from './write/remove.ts'
import { transferMany } from './write/transfer.ts'

interface Given {
  db: Db
  directory: Directory
  now?: () => Date
  /** Hears of business events in the transaction that causes them. */
  publish?: PublishCrmEvents
}

const peopleListed = 50

/** The CRM inside this project, for companies without a Cordys CRM server. */
export function createEmbeddedCrm({ db, directory, now = () => new Date(), publish = async () => {} }: Given): CrmGateway {
  const parts: EmbeddedParts = { db, directory, now, publish }
  return {
    capabilities: actor => capabilities(parts, actor),
    form: async (actor, { params }) => describeForm(kinds[params.kind], { locale: actor.locale, actorId: actor.id, now: now() }),
    options: (actor, { params, query }) => fieldOptions(parts, actor, kinds[params.kind], params.field, query),
    list: (actor, { params, query }) => listRecords(parts, actor, kinds[params.kind], query),
    get: (actor, { params }) => recent(parts, actor, getRecord(parts, actor, kinds[params.kind], params.id)),
    create: (actor, { params, body }) => recent(parts, actor, createRecord(parts, actor, kinds[params.kind], body)),
    patch: (actor, { params, body }) => recent(parts, actor, patchRecord(parts, actor, kinds[params.kind], params.id, body)),
    remove: (actor, { params }) => removeRecord(parts, actor, kinds[params.kind], params.id),
    restore: (actor, { params }) => restoreRecord(parts, actor, kinds[params.kind], params.id),
    removeMany: (actor, { params, body }) => removeMany(parts, actor, kinds[params.kind], body.ids),
    transfer: (actor, { params, body }) => transferMany(parts, actor, kinds[params.kind], body),
    today: actor => today(parts, actor),
    search: (actor, { query }) => search(parts, actor, query),
    owners: async (actor, { query }) => {
      const userids = query.userids?.split(',').filter(each => each !== '')
      if (!userids)
        return { owners: await people(parts, actor, query.for, { q: query.q, limit: peopleListed }) }
      const found = await directory.accountsOfMembers(userids)
      return { owners: [...found.values()], unbound: userids.filter(userid => !found.has(userid)) }
    },
  }
}
