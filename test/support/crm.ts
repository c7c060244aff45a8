import type { RecordKind } from '#contract/crm/kinds.ts'
import type { RecordsQuery } from '../../server/crm/gateway.ts'
import type { Actor, CrmEvent, CrmGateway } from '../../server/crm/index.ts'
import type { Database } from '../../server/db/index.ts'
import { recordRoutes } from '#contract/crm/records.ts'
import { createEmbeddedCrm } from '../../server/crm/index.ts'
import { tables } from '../../server/db/index.ts'
import { createDirectory } from '../../server/directory/index.ts'

/** Noon of 15 June in Shanghai. */
export const noon = new Date('2026-06-15T04:00:00Z')

type Person = 'admin' | 'leader' | 'seller' | 'mate' | 'other' | 'left'

/** The embedded CRM on a database of its own, with a small company: a leader over a team of two, and somebody elsewhere. */
export async function crmCompany(open: () => Promise<Database>, options: { importRows?: number, exportRows?: number } = {}) {
  const database = await open()
  const { db } = database
  const clock = { now: noon }
  const events: CrmEvent[] = []
  const crm = createEmbeddedCrm({
    db,
    directory: createDirectory({ db }),
    now: () => clock.now,
    publish: async (_, told) => void events.push(...told),
    ...options,
  }) as Required<CrmGateway>

  const [sales] = await db.insert(tables.department).values({ name: '销售中心', dingtalkId: 2 }).returning()
  const [team] = await db.insert(tables.department).values({ name: '一组', dingtalkId: 3, parentId: sales!.id }).returning()
  const [elsewhere] = await db.insert(tables.department).values({ name: '二组', dingtalkId: 4, parentId: sales!.id }).returning()
  const make = async (name: string, role: 'admin' | 'member', departmentId?: string, leader = false, status: 'active' | 'disabled' = 'active'): Promise<Actor> => {
    const [made] = await db.insert(tables.account).values({ name, role, status }).returning()
    if (departmentId)
      await db.insert(tables.accountDepartment).values({ accountId: made!.id, departmentId, leader })
    return { id: made!.id, name, role, locale: 'zh-CN' }
  }
  const people: Record<Person, Actor> = {
    admin: await make('管理员', 'admin'),
    leader: await make('主管', 'member', team!.id, true),
    seller: await make('销售', 'member', team!.id),
    mate: await make('同事', 'member', team!.id),
    other: await make('外人', 'member', elsewhere!.id),
    left: await make('离职', 'member', team!.id, false, 'disabled'),
  }

  let made = 0
  const defaults: Record<RecordKind, () => object> = {
    'leads': () => ({ name: `线索公司${++made}` }),
    'customers': () => ({ name: `客户公司${++made}` }),
    'contacts': () => ({ name: `联系人${++made}` }),
    'opportunities': () => ({ name: `商机${++made}`, amount: '10000', expectedCloseOn: '2026-09-30' }),
    'follow-ups': () => ({ content: `电话沟通${++made}` }),
    'plans': () => ({ content: `下次拜访${++made}`, dueAt: '2026-06-20T02:00:00Z' }),
  }

  return {
    database,
    db,
    crm,
    people,
    events,
    clock,
    create: (actor: Actor, kind: RecordKind, values: object = {}, rest: object = {}) =>
      crm.create(actor, { params: { kind }, body: { values: { ...defaults[kind](), ...values } as never, ...rest } }),
    list: (actor: Actor, kind: RecordKind, query: Partial<Record<keyof RecordsQuery, unknown>> = {}) =>
      crm.list(actor, { params: { kind }, query: recordRoutes['GET /api/crm/:kind'].query.parse(query) }),
    get: (actor: Actor, kind: RecordKind, id: string) => crm.get(actor, { params: { kind, id } }),
    patch: (actor: Actor, kind: RecordKind, id: string, version: number, values: object) =>
      crm.patch(actor, { params: { kind, id }, body: { version, values: values as never } }),
    remove: (actor: Actor, kind: RecordKind, id: string) => crm.remove(actor, { params: { kind, id } }),
    restore: (actor: Actor, kind: RecordKind, id: string) => crm.restore(actor, { params: { kind, id } }),
    /** The words of a page of a list. */
    async names(actor: Actor, kind: RecordKind, query: Partial<Record<keyof RecordsQuery, unknown>> = {}) {
      return (await this.list(actor, kind, query)).items.map(({ name }) => name)
    },
    close: () => database.close(),
  }
}

export type CrmCompany = Awaited<ReturnType<typeof crmCompany>>
