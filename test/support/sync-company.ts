import type { HandoverChoice, SyncChange, SyncRun, SyncSettings } from '#contract/sync/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { CrmEvent } from '../../server/crm/index.ts'
import type { Database } from '../../server/db/index.ts'
import type { Sync } from '../../server/directory/sync/index.ts'
import { eq, inArray } from 'drizzle-orm'
import pino from 'pino'
import { startSandbox } from '../../sandbox/index.ts'
import { createOwnedRecords } from '../../server/crm/index.ts'
import { tables } from '../../server/db/index.ts'
import { createDingTalk } from '../../server/dingtalk/index.ts'
import { createChanges, createConflicts, createSync } from '../../server/directory/sync/index.ts'
import { presentRun } from '../../server/directory/sync/runs/view.ts'
import { defaultSettings } from '../../server/directory/sync/settings/index.ts'
import { hurriedClock } from './clock.ts'
import { until } from './until.ts'

const log = pino({ level: 'silent' })

/** Columns of history; everything else must come back with an undo. */
const history = ['createdAt', 'updatedAt', 'seenAt', 'disabledAt', 'lastLoginAt', 'ownedSince']

type Overheard = (api: 'listSubDepartments' | 'listUsers' | 'countUsers' | 'getUser', about: number | string) => void | Promise<void>

/** A sandbox company and the sync on a database of its own. */
export async function syncCompany(open: () => Promise<Database>) {
  const sandbox: Sandbox = await startSandbox({ settings: { rates: { perApi: null } } })
  const database = await open()
  const { db } = database
  const { platformUrl: host, app } = sandbox
  const settings: SyncSettings = structuredClone(defaultSettings)
  /** What the CRM told of records that changed hands. */
  const told: CrmEvent[] = []
  const ownedRecords = createOwnedRecords({ publish: async (_, events) => void told.push(...events) })
  const changes = createChanges({ db, ownedRecords, readSettings: async () => settings })

  const company = {
    /** What user/count answers; undefined = the truth. */
    announced: undefined as number | undefined,
    corpId: app.corpId,
    /** Called before DingTalk is asked, and with its answer before the sync gets it: what happens in the middle of a crawl. */
    asked: undefined as Overheard | undefined,
    answered: undefined as Overheard | undefined,
    /** Called within the transaction that records a plan. */
    planned: undefined as (() => Promise<unknown>) | undefined,
  }

  /** An instance of its own, as another process would be. */
  function instance() {
    const dingtalk = createDingTalk({
      hosts: { api: host, oapi: host, login: host },
      credentials: async () => ({ corpId: app.corpId, clientId: app.clientId, clientSecret: app.clientSecret }),
      logger: log,
      clock: hurriedClock(),
    })
    const endSessions = async (tx: Database['db'], ids: string[]) => {
      await tx.delete(tables.session).where(inArray(tables.session.accountId, ids))
    }
    const told
      = <About extends number | string, Rest extends unknown[], Answer>(api: 'listSubDepartments' | 'listUsers' | 'getUser', call: (about: About, ...rest: Rest) => Promise<Answer>) =>
        async (about: About, ...rest: Rest): Promise<Answer> => {
          await company.asked?.(api, about)
          const answer = await call(about, ...rest)
          await company.answered?.(api, about)
          return answer
        }
    const contacts = {
      ...dingtalk.contacts,
      listSubDepartments: told('listSubDepartments', dingtalk.contacts.listSubDepartments),
      listUsers: told('listUsers', dingtalk.contacts.listUsers),
      getUser: told('getUser', dingtalk.contacts.getUser),
      // The sandbox counts honestly; a test may have it otherwise.
      countUsers: async (...given: Parameters<typeof dingtalk.contacts.countUsers>) => {
        const answer = company.announced ?? (await dingtalk.contacts.countUsers(...given))
        await company.answered?.('countUsers', answer)
        return answer
      },
    }
    const sync = createSync({
      db,
      corpId: async () => company.corpId,
      dingtalk: { limits: dingtalk.limits, contacts },
      endSessions,
      log,
      ownedRecords,
      readSettings: async () => settings,
      recordConflicts: async (...given) => {
        await company.planned?.()
        await createConflicts({ db }).record(...given)
      },
    })
    return { sync, close: () => sync.stop().then(() => dingtalk.close()) }
  }

  const main = instance()
  const by = { name: 'tester', ip: '127.0.0.1' }

  async function ended(started: Promise<{ id: string }>, sync: Sync = main.sync): Promise<SyncRun> {
    const { id } = await started
    return until(async () => {
      const found = presentRun(await sync.get(id), 'en-US')
      return found.status === 'running' ? undefined : found
    })
  }

  async function changesOf(runId: string): Promise<SyncChange[]> {
    const all: SyncChange[] = []
    for (let cursor: string | undefined; ;) {
      const page = await changes.page(runId, { limit: 100, cursor }, 'en-US')
      all.push(...page.items)
      if (page.nextCursor === null)
        return all
      cursor = page.nextCursor
    }
  }

  return Object.assign(company, {
    sandbox,
    database,
    db,
    settings,
    changes,
    told,
    ownedRecords,
    changesOf,
    instance,
    sync: main.sync,
    by,
    ended,
    mutate: (...operations: Parameters<typeof sandbox.platform.control.mutate>) => sandbox.platform.control.mutate(...operations),
    deptId: (name: string) => sandbox.platform.departments().find(entry => entry.name === name)!.deptId,
    run: (mode: 'preview' | 'apply' = 'apply') => ended(main.sync.start(mode, 'tester')),
    apply: (id: string, changeIds?: string[], handover?: HandoverChoice) => ended(main.sync.apply(id, { changeIds, handover }, by)),
    undo: (id: string, changeIds?: string[]) => ended(main.sync.undo(id, changeIds, by)),

    async accountOf(userid: string) {
      const [found] = await db
        .select()
        .from(tables.account)
        .innerJoin(tables.binding, eq(tables.binding.accountId, tables.account.id))
        .where(eq(tables.binding.userid, userid))
      return found?.account
    },

    /** Every business column and relation, by table and key. */
    async dump(): Promise<Record<string, Record<string, object>>> {
      const plain = (row: object) => Object.fromEntries(Object.entries(row).filter(([name]) => !history.includes(name)))
      const byKey = <Row extends object>(rows: Row[], key: (row: Row) => string) => Object.fromEntries(rows.map(row => [key(row), plain(row)]))
      return {
        departments: byKey(await db.select().from(tables.department), ({ id }) => id),
        accounts: byKey(await db.select().from(tables.account), ({ id }) => id),
        memberships: byKey(await db.select().from(tables.accountDepartment), ({ accountId, departmentId }) => `${accountId} ${departmentId}`),
        departmentRoles: byKey(await db.select().from(tables.departmentRole), ({ departmentId, role }) => `${departmentId} ${role}`),
        accountRoles: byKey(await db.select().from(tables.accountRole), ({ accountId, role }) => `${accountId} ${role}`),
        bindings: byKey(await db.select().from(tables.binding), ({ userid }) => userid),
        customers: byKey((await db.select().from(tables.customer)).map(({ version: _, ...row }) => row), ({ id }) => id),
      }
    },

    /** A company as generated, and a database that knows nothing of it. */
    async reset() {
      sandbox.platform.control.clearFaults()
      sandbox.platform.control.reset()
      told.length = 0
      company.announced = undefined
      company.corpId = app.corpId
      company.asked = undefined
      company.answered = undefined
      company.planned = undefined
      Object.assign(settings, structuredClone(defaultSettings))
      for (const table of [tables.followUpPlan, tables.contact, tables.customer, tables.session, tables.account, tables.department, tables.syncRun, tables.syncConflict, tables.auditLog, tables.setting])
        await db.delete(table)
    },

    async close() {
      await main.close()
      await database.close()
      await sandbox.close()
    },
  })
}

export type SyncCompany = Awaited<ReturnType<typeof syncCompany>>
