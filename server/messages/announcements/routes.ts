import type { Announcement, AnnouncementDraft } from '#contract/messages/announcements.ts'
import type { Db } from '../../db/index.ts'
import type { CallerAccount } from '../../http/context.ts'
import type { Notifications } from '../../notifications/index.ts'
import type { AnnounceParts } from './prepare.ts'
import { randomUUID } from 'node:crypto'
import { announcementRoutes as declared } from '#contract/messages/announcements.ts'
import { messageBytes } from '../../dingtalk/index.ts'
import { AppError, invalid } from '../../http/app-error.ts'
import { implement } from '../../http/route.ts'
import { foreignLinks, packDepartments } from '../../notifications/index.ts'
import { readWording } from '../rules/store.ts'
import { announce } from './announce.ts'
import { callsFor, departmentsOf, prepare } from './prepare.ts'
import { listAnnouncements, readAnnouncement, readManaged } from './store.ts'

interface Parts extends AnnounceParts, Pick<Notifications, 'enqueueForDepartments' | 'pace'> {
  db: Db
  linkBase: string
  nudge: () => void
  /** What became of messages; server/notifications knows. */
  resultsOf: Notifications['resultsOf']
}

/** People that are offered by name. */
const offered = 30

/** Names of people left out that a check lists. */
const listed = 100

export function announcementRoutes({ db, linkBase, nudge, resultsOf, ...parts }: Parts) {
  const may = async (caller: CallerAccount) => {
    if (!(await parts.directory.may(caller, 'announce')))
      throw new AppError('forbidden')
  }

  async function scopeOf(caller: CallerAccount) {
    await may(caller)
    return parts.directory.visibleOwners(caller)
  }

  return implement(declared, {
    'GET /api/messages/announcements/reach': async (_, { caller }) => {
      const scope = await scopeOf(caller.account)
      return { everybody: scope.kind === 'all', dingtalk: (await readWording(db)).rules.kinds.announcement.dingtalk, departments: await parts.directory.departmentsWithin(scope) }
    },

    'GET /api/messages/announcements/people': async ({ query }, { caller }) =>
      ({ people: await parts.directory.ownersWithin(await scopeOf(caller.account), { q: query.q, limit: offered }) }),

    'POST /api/messages/announcements/check': async ({ body }, { caller }) => {
      checkLinks(body, linkBase)
      const { said, recipients, outbox, left } = await prepare(db, parts, caller.account, body, { id: randomUUID(), at: new Date() })
      const unbound = new Set(left.filter(({ reason }) => reason === 'unbound').map(({ account }) => account.id))
      const { receiversPerMinute, receiversPerCall, asked } = await parts.pace(db)
      const departments = await departmentsOf(parts.directory, db, body.audience, receiversPerMinute)
      const people = callsFor(outbox, unbound, receiversPerCall)
      const calls = departments && packDepartments(departments, receiversPerMinute)
      const largest = Math.max(0, ...(calls ?? []).map(({ receivers }) => receivers))
      const preview = (locale: 'zh-CN' | 'en-US') => ({ ...said[locale].inbox, message: { ...said[locale].message }, bytes: messageBytes(said[locale].message) })
      return {
        recipients: recipients.length,
        reachable: recipients.length - left.filter(({ reason }) => reason !== 'disabled').length,
        left: left.slice(0, listed),
        leftTotal: left.length,
        calls: { people, results: Math.ceil(people * (body.urgent ? asked.urgent : asked.other)), departments: calls && calls.length },
        crowded: largest > receiversPerMinute ? { people: largest, perMinute: receiversPerMinute } : null,
        previews: { 'zh-CN': preview('zh-CN'), 'en-US': preview('en-US') },
      }
    },

    'POST /api/messages/announcements': async ({ body: { key, ...draft } }, { caller, ip }): Promise<Announcement> => {
      checkLinks(draft, linkBase)
      const made = await db.transaction(tx => announce(tx, parts, caller.account, draft, { key, ip }))
      nudge()
      return made
    },

    'GET /api/messages/announcements': async ({ query }, { caller }) => {
      await may(caller.account)
      return listAnnouncements(db, caller.account, query)
    },

    'GET /api/messages/announcements/:id/results': async ({ params, query }, { caller, locale }) => {
      const managed = await readManaged(db, caller.account, params.id)
      return { ...managed, ...(await resultsOf(managed.sendings, query, locale)) }
    },

    'GET /api/crm/messages/announcements/:id': ({ params }, { caller }) => readAnnouncement(db, caller.account, params.id),
  })
}

function checkLinks({ title, text }: Pick<AnnouncementDraft, 'title' | 'text'>, base: string): void {
  const issues = Object.entries({ title, text }).flatMap(([path, words]) =>
    foreignLinks(words, base).map(link => ({ path, message: `foreign_link:${link.replace(/^[a-z\d+.-]+:\/\//i, '').slice(0, 60)}` })))
  if (issues.length > 0)
    throw invalid(issues)
}
