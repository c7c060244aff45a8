import type { Db } from '../../db/index.ts'
import type { Directory } from '../../directory/index.ts'
import type { PublishCrmEvents } from '../events.ts'
import type { CrmGateway } from '../gateway.ts'
import type { EmbeddedParts } from './parts.ts'
import { capabilities } from './capabilities.ts'
import { listComments } from './comments/read.ts'
import { addComment, editComment, removeComment } from './comments/write.ts'
import { exportRecords } from './files/export.ts'
import { createImports } from './files/jobs.ts'
import { importTemplate } from './files/template.ts'
import { describeForm } from './forms/describe.ts'
import { fieldOptions, people } from './forms/options.ts'
import { kinds } from './kinds/index.ts'
import { addPicture, addThumb, readPicture } from './pictures/index.ts'
import { createQuota } from './quota.ts'
import { getRecord } from './records/get.ts'
import { listRecords } from './records/list.ts'
import { fillSampleData } from './sample-data/index.ts'
import { findDuplicates } from './search/duplicates.ts'
import { search } from './search/search.ts'
import { listCollaborators, setCollaborators } from './sharing/collaborators.ts'
import { listOwners } from './sharing/owners.ts'
import { convertLead } from './steps/convert.ts'
import { setLeadStage, setOpportunityStage, stageList } from './steps/stages.ts'
import { setContactEnabled, setPlanStatus } from './steps/states.ts'
import { overview } from './workbench/overview.ts'
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
  /** Rows of one import besides the heading. */
  importRows?: number
  /** How many records one export has: what Excel still opens quickly. */
  exportRows?: number
}

const peopleListed = 50

/** While typing, and by what a create refuses; not to walk through the company's customers. */
const duplicateChecksAMinute = 30

/** The CRM inside this project, for companies without a Cordys CRM server. */
export function createEmbeddedCrm({ db, directory, now = () => new Date(), publish = async () => {}, importRows = 50_000, exportRows = 50_000 }: Given): CrmGateway {
  const parts: EmbeddedParts = { db, directory, now, publish }
  const imports = createImports(parts, importRows)
  const lookups = createQuota(duplicateChecksAMinute)
  return {
    capabilities: actor => capabilities(parts, actor, importRows),
    form: async (actor, { params }) => describeForm(kinds[params.kind], { locale: actor.locale, actorId: actor.id, now: now() }),
    options: (actor, { params, query }) => fieldOptions(parts, actor, kinds[params.kind], params.field, query),
    list: (actor, { params, query }) => listRecords(parts, actor, kinds[params.kind], query),
    get: (actor, { params }) => recent(parts, actor, getRecord(parts, actor, kinds[params.kind], params.id)),
    create: (actor, { params, body }) => recent(parts, actor, createRecord(parts, actor, kinds[params.kind], body, lookups)),
    patch: (actor, { params, body }) => recent(parts, actor, patchRecord(parts, actor, kinds[params.kind], params.id, body)),
    remove: (actor, { params }) => removeRecord(parts, actor, kinds[params.kind], params.id),
    restore: (actor, { params }) => restoreRecord(parts, actor, kinds[params.kind], params.id),
    removeMany: (actor, { params, body }) => removeMany(parts, actor, kinds[params.kind], body.ids),
    transfer: (actor, { params, body }) => transferMany(parts, actor, kinds[params.kind], body),
    stages: async actor => stageList(actor.locale),
    setOpportunityStage: (actor, { params, body }) => recent(parts, actor, setOpportunityStage(parts, actor, params.id, body)),
    setLeadStage: (actor, { params, body }) => recent(parts, actor, setLeadStage(parts, actor, params.id, body)),
    convertLead: (actor, { params, body }) => convertLead(parts, actor, params.id, body),
    setContactEnabled: (actor, { params, body }) => setContactEnabled(parts, actor, params.id, body),
    setPlanStatus: (actor, { params, body }) => setPlanStatus(parts, actor, params.id, body),
    ownerHistory: (actor, { params }) => listOwners(parts, actor, kinds[params.kind], params.id),
    collaborators: (actor, { params }) => listCollaborators(parts, actor, kinds[params.kind], params.id),
    setCollaborators: (actor, { params, body }) => setCollaborators(parts, actor, kinds[params.kind], params.id, body.collaborators),
    comments: (actor, { params, query }) => listComments(parts, actor, kinds[params.kind], params.id, query),
    addComment: (actor, { params, body }) => addComment(parts, actor, kinds[params.kind], params.id, body),
    editComment: (actor, { params, body }) => editComment(parts, actor, params.id, body),
    removeComment: (actor, { params }) => removeComment(parts, actor, params.id),
    duplicates: async (actor, { query }, from) => {
      await lookups.take(actor.id)
      return findDuplicates(parts, actor, query, from)
    },
    addPicture: (actor, picture) => addPicture(parts, actor, picture),
    addThumb: (actor, id, bytes) => addThumb(parts, actor, id, bytes),
    picture: (actor, { params, query }) => readPicture(parts, actor, params.id, query.size),
    overview: (actor, { query }) => overview(parts, actor, query),
    exportRecords: (actor, { params, query }, from) => exportRecords(parts, actor, kinds[params.kind], query, { ...from, most: exportRows }),
    importTemplate: (actor, { params }) => importTemplate(parts, actor, kinds[params.kind]),
    checkImport: (actor, { params, query, body }) => imports.check(actor, params.kind, query.fileName, body),
    importJob: (actor, { params }) => imports.get(actor, params.id),
    followImport: imports.follow,
    applyImport: (actor, { params, body }) => imports.apply(actor, params.id, body),
    cancelImport: (actor, { params }) => imports.cancel(actor, params.id),
    sampleData: actor => fillSampleData(parts, actor),
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
