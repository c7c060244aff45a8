import type { CrmEvent } from '../../crm/index.ts'
import type { Db } from '../../db/index.ts'
import type { Directory } from '../../directory/index.ts'
import type { Notice } from './notice.ts'
import { amountWords } from '../texts/words.ts'

const theSync = { 'zh-CN': '组织同步', 'en-US': 'The organisation sync' }

/** What the CRM tells, as something to tell people. */
export function noticeOf(event: CrmEvent): Notice {
  const { type, key, at, actor, record, parties, values } = event
  return {
    kind: type,
    key,
    at,
    actor,
    // What was deleted has no page any more.
    opens: type === 'record.deleted' ? { kind: 'page', page: 'messages' } : { kind: 'record', record: record.kind, id: record.id },
    record: { kind: record.kind, name: record.name },
    parties,
    // Records of leavers change hands without anybody in person doing it.
    values: {
      ...values,
      ...(typeof values.amount === 'string' && { amount: amountWords(values.amount) }),
      ...(actor === null && type === 'record.transferred' && { actor: theSync }),
    },
    actorToo: type === 'plan.due' || type === 'plan.overdue',
  }
}

/** Transfers with the names of both owners, where the CRM gave only their ids. */
export async function withNames(tx: Db, directory: Pick<Directory, 'accountRefsIn'>, events: readonly CrmEvent[]): Promise<CrmEvent[]> {
  const isNameless = ({ type, values }: CrmEvent) => type === 'record.transferred' && !(values.owner && values.former)
  const owners = events.filter(isNameless).flatMap(({ parties }) => [parties.owner, parties.formerOwner]).filter(id => id !== undefined)
  if (owners.length === 0)
    return [...events]
  const refs = await directory.accountRefsIn(tx, owners)
  return events.map((event) => {
    const owner = refs.get(event.parties.owner ?? '')?.name
    const former = refs.get(event.parties.formerOwner ?? '')?.name
    return isNameless(event) ? { ...event, values: { ...event.values, ...(owner && { owner }), ...(former && { former }) } } : event
  })
}

/** Of one comment, who is mentioned hears that and not also that somebody commented. */
export function withoutDoubles(events: readonly CrmEvent[]): CrmEvent[] {
  const mentioned = new Map<string, Set<string>>()
  for (const event of events) {
    if (event.type === 'comment.mentioned')
      mentioned.set(commentOf(event), new Set([...(mentioned.get(commentOf(event)) ?? []), ...(event.parties.mentioned ?? [])]))
  }
  return events.map((event) => {
    const elsewhere = event.type === 'comment.added' ? mentioned.get(commentOf(event)) : undefined
    return elsewhere ? { ...event, parties: without(event.parties, elsewhere) } : event
  })
}

function commentOf({ record, at, values }: CrmEvent): string {
  return typeof values.commentId === 'string' ? values.commentId : `${record.kind} ${record.id} ${at.getTime()}`
}

function without({ owner, collaborators, ...rest }: CrmEvent['parties'], told: Set<string>): CrmEvent['parties'] {
  return {
    ...rest,
    ...(owner && !told.has(owner) && { owner }),
    ...(collaborators && { collaborators: collaborators.filter(id => !told.has(id)) }),
  }
}
