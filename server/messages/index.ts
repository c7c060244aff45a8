import type { Calendar } from '../calendar/index.ts'
import type { CrmEvent, CrmReminders, PublishCrmEvents } from '../crm/index.ts'
import type { Db } from '../db/index.ts'
import type { AccessEvent, Directory } from '../directory/index.ts'
import type { OnRunEnded } from '../directory/sync/index.ts'
import type { Logger } from '../http/logger.ts'
import type { Notifications } from '../notifications/index.ts'
import type { DingTalkStore } from '../settings/index.ts'
import type { LinkSettings } from './links/links.ts'
import { announcementRoutes } from './announcements/routes.ts'
import { createInbox, inboxRoutes } from './inbox/index.ts'
import { noteLocale } from './preferences/locale.ts'
import { quietNow } from './preferences/quiet-now.ts'
import { preferenceRoutes } from './preferences/routes.ts'
import { readPreferences } from './preferences/store.ts'
import { noticeOf, withNames, withoutDoubles } from './publish/crm-events.ts'
import { createMerge } from './publish/merge.ts'
import { notify } from './publish/notify.ts'
import { accessNotice, alertNotice, syncNotices } from './publish/other-events.ts'
import { welcomeMessage } from './publish/welcome.ts'
import { offeredKinds } from './rules/offered.ts'
import { ruleRoutes } from './rules/routes.ts'
import { readWording } from './rules/store.ts'
import { createSchedule } from './schedule/index.ts'
import { createTeller } from './telling/index.ts'
import { templateRoutes } from './texts/routes.ts'

export { takeOverMessages } from './inbox/take-over.ts'

export { linksTo } from './links/links.ts'
export { writeLink } from './links/target.ts'
export type { Notice } from './publish/notice.ts'
export { alwaysAsked, companyNews } from './publish/notify.ts'

interface Parts {
  db: Db
  directory: Directory
  notifications: Pick<Notifications, 'admin' | 'enqueue' | 'enqueueForDepartments' | 'pace' | 'registerMerge' | 'registerQuiet' | 'onAlert' | 'resultsOf'>
  settings: Pick<DingTalkStore, 'namesIn'>
  calendar: Pick<Calendar, 'rule'>
  /** Where reminders read plans; undefined: a CRM of which only what passes through this server is known. */
  reminders: CrmReminders | undefined
  /** Where people reach this server, without a trailing slash. */
  linkBase: string
  publicUrlSet: boolean
  log: Logger
}

/** Telling people: who is told of what, in which words, in the CRM and in DingTalk. */
export function createMessages({ db, directory, notifications, settings, calendar, reminders, linkBase, publicUrlSet, log }: Parts) {
  const inbox = createInbox({ db, log })
  let links: LinkSettings = { base: linkBase, corpId: null, agentId: null, pcOpens: 'workbench' }

  async function linkSettings(tx: Db, pcOpens: LinkSettings['pcOpens']): Promise<LinkSettings> {
    links = { base: linkBase, ...(await settings.namesIn(tx)), pcOpens }
    return links
  }

  notifications.registerMerge(createMerge(() => links))
  notifications.registerQuiet(async (tx, at) => quietNow(tx, at, await calendar.rule(tx)))
  const parts = { directory, enqueue: notifications.enqueue, workingDays: calendar.rule, linkSettings }

  const teller = createTeller({ db, notify: (tx, notices) => notify(tx, parts, notices), onTold: inbox.live.nudge, log })
  /** Tells people of something in the caller's transaction: neither the change nor the news is there without the other. */
  const { tell } = teller

  const publish: PublishCrmEvents = Object.assign(
    async (tx: Db, events: CrmEvent[]) => tell(tx, withoutDoubles(await withNames(tx, directory, events)).map(noticeOf)),
    { carried: (events: CrmEvent[]) => teller.carried(withoutDoubles(events).map(noticeOf)) },
  )

  const onRunEnded: OnRunEnded = (tx, run) => tell(tx, syncNotices(run, new Date()))
  notifications.onAlert((tx, alert) => tell(tx, [alertNotice(alert)]))
  const offered = offeredKinds({ elsewhere: reminders === undefined })
  const schedule = createSchedule({ db, crm: reminders, directory, calendar, tell, log })

  return {
    tell,
    publish,
    onRunEnded,
    /** Whoever has just been given an account hears of it in DingTalk, once for each run. */
    async welcome(tx: Db, runId: string, accountIds: string[]): Promise<void> {
      const given = publicUrlSet ? await linkSettings(tx, (await readWording(tx)).rules.pcOpens) : undefined
      const preferences = await readPreferences(tx, accountIds)
      const now = new Date()
      await notifications.enqueue(tx, accountIds.map(id => welcomeMessage(runId, id, preferences.get(id)?.locale ?? 'zh-CN', given, now)))
    },
    /** Somebody asks for access; the answer they get on the page they wait on. */
    async onAccess(tx: Db, event: AccessEvent): Promise<void> {
      if (event.type === 'access.requested')
        await tell(tx, [accessNotice({ id: event.requestId, name: event.name, note: event.note }, new Date())])
    },
    /** One round of reminders and digests, for tests with a clock of their own. */
    remind: schedule.round,
    routes: [
      ...inboxRoutes({ inbox, noteLocale: (accountId, locale) => noteLocale(db, accountId, locale) }),
      ...preferenceRoutes({ db, directory, offered }),
      ...ruleRoutes({ db, directory, offered, linkBase, publicUrlSet }),
      ...announcementRoutes({ db, linkBase, nudge: inbox.live.nudge, enqueueForDepartments: notifications.enqueueForDepartments, pace: notifications.pace, resultsOf: notifications.resultsOf, ...parts }),
      ...templateRoutes({ db, offered, sendTest: notifications.admin.sendTest, linkSettings }),
    ],
    async start() {
      await linkSettings(db, (await readWording(db)).rules.pcOpens)
      teller.start()
      schedule.start()
    },
    stop: async () => {
      await Promise.all([inbox.live.stop(), schedule.stop(), teller.stop()])
    },
  }
}

export type Messages = ReturnType<typeof createMessages>
