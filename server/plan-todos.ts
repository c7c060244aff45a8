import type { CrmGateway } from './crm/index.ts'
import type { Db } from './db/index.ts'
import type { Directory } from './directory/index.ts'
import type { PlanSource, TodoSync } from './notifications/index.ts'
import { plansForTodos } from './crm/index.ts'
import { linksTo, writeLink } from './messages/index.ts'

interface Joined {
  db: Db
  crm: CrmGateway
  directory: Directory
  todos: TodoSync
  /** What links are made of; a to-do needs an address that people can open. */
  addresses: () => Promise<{ base: string | undefined, corpId: string | null, agentId: string | null }>
}

/** The CRM's plans as DingTalk's to-dos: lets one follow the other. @returns the CRM, with plans that are looked up there when they are opened */
export function joinPlansAndTodos({ db, crm, directory, todos, addresses }: Joined): CrmGateway {
  const source: PlanSource = {
    ...plansForTodos(db),
    async complete(planId, accountId) {
      const person = await directory.caller(accountId)
      if (person)
        await crm.setPlanStatus?.({ ...person, locale: 'zh-CN' }, { params: { id: planId }, body: { status: 'completed' } })
    },
    async urlOf(planId) {
      const { base, corpId, agentId } = await addresses()
      if (base === undefined)
        return undefined
      const { app, pc } = linksTo(writeLink({ kind: 'record', record: 'plans', id: planId }), { base, corpId, agentId, pcOpens: 'workbench' })
      return { appUrl: app, pcUrl: pc }
    },
  }
  todos.follow(source)
  return {
    ...crm,
    async get(actor, input) {
      if (input.params.kind === 'plans')
        await todos.opened(input.params.id)
      return crm.get(actor, input)
    },
  }
}
