import type { Db } from '../db/index.ts'
import { auditRoutes as declared } from '#contract/people/audit.ts'
import { sendCsv } from '../http/csv.ts'
import { implement } from '../http/route.ts'
import { audit } from './index.ts'
import { auditBatches, auditFacets, listAudit } from './list.ts'

const header = ['at', 'actor', 'action', 'target', 'target_name', 'detail', 'ip', 'request']

export function auditRoutes({ db }: { db: Db }) {
  return implement(declared, {
    'GET /api/audit': ({ query }) => listAudit(db, query),
    'GET /api/audit/facets': () => auditFacets(db),
    'GET /api/audit/export': async ({ query }, { caller, ip, res }) => {
      await audit(db, { actor: caller.account.name, actorId: caller.account.id, action: 'audit.export', detail: query, ip })
      await sendCsv(res, 'audit.csv', header, lines(db, query))
    },
  })
}

async function* lines(db: Db, filter: Parameters<typeof auditBatches>[1]): AsyncGenerator<string[][]> {
  for await (const entries of auditBatches(db, filter)) {
    yield entries.map(({ at, actor, action, target, detail, ip, requestId }) => [
      at,
      actor,
      action,
      target === null ? '' : [target.type, target.id].filter(Boolean).join(':'),
      target?.name ?? '',
      JSON.stringify(detail),
      ip ?? '',
      requestId ?? '',
    ])
  }
}
