import type { AuditEntry } from '#contract/people/audit.ts'
import type { Db } from '../db/index.ts'
import type { Locale } from '../http/locale.ts'
import { auditRoutes as declared } from '#contract/people/audit.ts'
import { sendCsv } from '../http/csv.ts'
import { implement } from '../http/route.ts'
import { audit } from './index.ts'
import { auditBatches, auditFacets, listAudit } from './list.ts'

const header = ['at', 'actor', 'action', 'target', 'target_name', 'detail', 'ip', 'request']

interface Services {
  db: Db
  /** What a check of the doctor is called: the log knows its id. */
  checkTitle: (id: string, locale: Locale) => string | undefined
}

export function auditRoutes({ db, checkTitle }: Services) {
  /** The log in the reader's words, where an entry has none of its own. */
  const named = (entry: AuditEntry, locale: Locale): AuditEntry => entry.target?.type === 'check' && entry.target.id && entry.target.name === null
    ? { ...entry, target: { ...entry.target, name: checkTitle(entry.target.id, locale) ?? null } }
    : entry

  return implement(declared, {
    'GET /api/audit': async ({ query }, { locale }) => {
      const page = await listAudit(db, query)
      return { ...page, items: page.items.map(entry => named(entry, locale)) }
    },
    'GET /api/audit/facets': () => auditFacets(db),
    'GET /api/audit/export': async ({ query }, { caller, ip, locale, res }) => {
      await audit(db, { actor: caller.account.name, actorId: caller.account.id, action: 'audit.export', detail: query, ip })
      await sendCsv(res, 'audit.csv', header, lines(auditBatches(db, query), entry => named(entry, locale)))
    },
  })
}

async function* lines(batches: AsyncIterable<AuditEntry[]>, named: (entry: AuditEntry) => AuditEntry): AsyncGenerator<string[][]> {
  for await (const entries of batches) {
    yield entries.map(named).map(({ at, actor, action, target, detail, ip, requestId }) => [
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
