import type { RecordKind } from '#contract/crm/kinds.ts'
import type { AuditAction } from '#contract/people/audit-actions.ts'
import type { Logger } from '../../http/logger.ts'
import type { Actor, CrmGateway } from '../gateway.ts'
import type { CordysParts, Work } from './parts.ts'
import type { Tell } from './telling.ts'
import { AppError } from '../../http/app-error.ts'
import { beforeLogin, readCapabilities } from './capabilities.ts'
import { findChoices } from './choices.ts'
import { createDuplicateCheck } from './duplicates.ts'
import { explain } from './explain.ts'
import { describeForm } from './forms/describe.ts'
import { kindOf } from './kinds/index.ts'
import { begin } from './parts.ts'
import { findPeople } from './people.ts'
import { removeRecords, transferRecords } from './records/batch.ts'
import { patchRecord, removeRecord } from './records/change.ts'
import { createRecord } from './records/create.ts'
import { getRecord } from './records/get.ts'
import { change, creation, deletions, transfers } from './records/happened.ts'
import { listRecords } from './records/list.ts'
import { ownerHistory } from './records/owner-history.ts'
import { oneAtATime } from './session/one-at-a-time.ts'
import { may } from './session/user.ts'

interface Given {
  parts: CordysParts
  log: Logger
  audit: (entry: { actor: string, action: AuditAction, detail: object, ip: string }) => Promise<void>
  /** Cordys users of DingTalk members who have connected here. */
  usersOfMembers: (userids: string[]) => Promise<Map<string, string>>
  tell: Tell
}

const searched = ['customers', 'contacts'] as const

/** A Cordys CRM server behind the port: customers, their contacts and follow-up records. */
export function cordysGateway({ parts, log, audit, usersOfMembers, tell }: Given): CrmGateway {
  const duplicates = createDuplicateCheck()
  const inTurn = oneAtATime()
  const work = (actor: Actor, kind: RecordKind): Promise<Work> => begin(parts, actor, kindOf(kind)).catch(explain)
  /** Undefined where the person may not read the kind at all. */
  const readable = (actor: Actor, kind: RecordKind): Promise<Work | undefined> =>
    work(actor, kind).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'forbidden')
        return undefined
      throw error
    })
  const main = (actor: Actor, kind: RecordKind, only: RecordKind[]): Promise<Work> => {
    if (!only.includes(kind))
      throw new AppError('crm_unsupported')
    return work(actor, kind)
  }
  /** Parts of an answer that may be missing: noted, not fatal; a session that ended is. */
  const isOff = (error: unknown): undefined => {
    if (error instanceof AppError)
      throw error
    log.info({ err: error }, 'Cordys does not answer a question of ours')
  }

  return {
    async capabilities(actor) {
      const cordys = await parts.sessions.of(actor).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'crm_login_required')
          return undefined
        return explain(error)
      })
      return cordys ? readCapabilities(cordys, isOff).catch(error => (error instanceof AppError && error.code === 'crm_login_required' ? beforeLogin : explain(error))) : beforeLogin
    },

    async form(actor, { params }) {
      const { kind, config, user } = await work(actor, params.kind)
      return describeForm(kind, config, user)
    },
    options: async (actor, { params, query }) => ({ options: await findChoices(await work(actor, params.kind), { field: params.field, ...query }) }),

    list: async (actor, { params, query }) => listRecords(await work(actor, params.kind), query),
    get: async (actor, { params }) => getRecord(await work(actor, params.kind), params.id),
    async create(actor, { params, body }) {
      if (body.next || body.fromPlanId)
        throw new AppError('crm_unsupported')
      const create = async () => {
        const its = await work(actor, params.kind)
        const record = await createRecord(parts, its, actor.id, body)
        await tell(actor, await creation(its, record))
        return record
      }
      return body.requestKey ? inTurn(`${actor.id} ${body.requestKey}`, create) : create()
    },
    patch: async (actor, { params, body }) => inTurn(`${params.kind} ${params.id}`, async () => {
      const { record, formerOwner } = await patchRecord(await work(actor, params.kind), params.id, body)
      await tell(actor, change(record, formerOwner))
      return record
    }),
    async remove(actor, { params }) {
      const its = await work(actor, params.kind)
      await tell(actor, deletions(its, [await removeRecord(its, params.id)]))
    },

    async today(actor) {
      const customers = await readable(actor, 'customers')
      const { items, total } = customers ? await listRecords(customers, { view: 'mine', limit: 5, sort: '-updated' }) : { items: [], total: 0 }
      return { plans: [], planCount: 0, overdueCount: 0, recent: items, empty: customers !== undefined && total === 0 }
    },

    async search(actor, { query: { q, limit } }) {
      const groups = await Promise.all(searched.map(async (kind) => {
        const found = await readable(actor, kind)
        const page = found && await listRecords(found, { q, limit, view: 'all' })
        return page ? { kind, items: page.items, more: page.nextCursor !== null } : undefined
      }))
      return { groups: groups.filter(group => group !== undefined).filter(({ items }) => items.length > 0) }
    },

    async owners(actor, { query }) {
      const cordys = await parts.sessions.of(actor).catch(explain)
      if (query.userids === undefined)
        return { owners: await findPeople(cordys, query.q) }
      const wanted = query.userids.split(',').filter(Boolean).slice(0, 100)
      const users = await usersOfMembers(wanted)
      const people = await findPeople(cordys, undefined, Infinity)
      const ids = new Set(users.values())
      const known = people.filter(({ id }) => ids.has(id))
      return { owners: known, unbound: wanted.filter(userid => !known.some(({ id }) => id === users.get(userid))) }
    },

    async duplicates(actor, { query }, { ip }) {
      const cordys = await parts.sessions.of(actor).catch(explain)
      const name = query.name?.trim()
      // Cordys masks telephone numbers and looks for them by field, so names are what can be compared.
      if (query.kind !== 'customers' || !name || [...name].length < 2 || !may(cordys.user, 'CUSTOMER_MANAGEMENT:READ'))
        return { duplicates: [] }
      await duplicates.take(actor.id)
      const found = await duplicates.customers(cordys, { name, except: query.except })
      await audit({ actor: actor.name, action: 'crm.duplicates_checked', detail: { kind: query.kind, found: found.length }, ip })
      return { duplicates: found }
    },

    ownerHistory: async (actor, { params }) => ({ owners: await ownerHistory(await main(actor, params.kind, ['customers']), params.id) }),
    transfer: async (actor, { params, body }) => {
      const customers = await main(actor, params.kind, ['customers'])
      if (!may(customers.user, 'CUSTOMER_MANAGEMENT:TRANSFER'))
        throw new AppError('forbidden')
      const owner = (await findPeople(customers.cordys, undefined, Infinity)).find(({ id }) => id === body.ownerId)
      if (!owner)
        throw new AppError('owner_unknown')
      const { result, before } = await transferRecords(customers, body)
      await tell(actor, transfers(customers, before, owner))
      return result
    },
    async removeMany(actor, { params, body }) {
      const its = await main(actor, params.kind, ['customers', 'contacts'])
      const { result, before } = await removeRecords(its, body.ids)
      await tell(actor, deletions(its, before))
      return result
    },
  }
}
