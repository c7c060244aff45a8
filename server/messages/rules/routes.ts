import type { MessageKind } from '#contract/messages/kinds.ts'
import type { RulesView } from '#contract/messages/rules.ts'
import type { Db } from '../../db/index.ts'
import type { Directory } from '../../directory/index.ts'
import { isDeepStrictEqual } from 'node:util'
import { ruleRoutes as declared, messageKinds } from '#contract/messages/index.ts'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { invalid } from '../../http/app-error.ts'
import { implement } from '../../http/route.ts'
import { partsOf } from './defaults.ts'
import { readWording, rulesKey, tidyRules } from './store.ts'

interface Parts {
  offered: readonly MessageKind[]
  db: Db
  directory: Directory
  linkBase: string
  publicUrlSet: boolean
}

export function ruleRoutes({ db, directory, offered, linkBase, publicUrlSet }: Parts) {
  async function view(): Promise<RulesView> {
    const { rules } = await readWording(db)
    const chosen = [...new Set(messageKinds.flatMap(kind => rules.kinds[kind].people))]
    const people = await directory.addressees(db, { kind: 'people', ids: chosen })
    return { rules, offered: [...offered], parts: Object.fromEntries(messageKinds.map(kind => [kind, [...partsOf[kind]]])) as RulesView['parts'], people: people.map(({ id, name, active }) => ({ id, name, active })), linkBase, publicUrlSet }
  }

  return implement(declared, {
    'GET /api/messages/rules': () => view(),
    'PUT /api/messages/rules': async ({ body }, { caller, ip }) => {
      const rules = tidyRules(body)
      await db.transaction(async (tx) => {
        const before = (await readWording(tx)).rules
        const added = [...new Set(messageKinds.flatMap(kind => rules.kinds[kind].people.filter(id => !before.kinds[kind].people.includes(id))))]
        const active = await directory.activeAmongIn(tx, added)
        if (active.size < added.length)
          throw invalid([{ path: 'people', message: 'unknown_people' }])
        const row = { key: rulesKey, value: rules, updatedAt: new Date(), updatedBy: caller.account.name }
        await tx.insert(tables.setting).values(row).onConflictDoUpdate({ target: tables.setting.key, set: row })
        const changed = messageKinds.filter(kind => !isDeepStrictEqual(before.kinds[kind], rules.kinds[kind]))
        await audit(tx, { actor: caller.account.name, action: 'messages.rules.update', detail: { before: pick(before, changed), after: pick(rules, changed) }, ip })
      })
      return view()
    },
  })
}

function pick<T extends { kinds: Record<string, unknown> }>({ kinds, ...rest }: T, changed: readonly string[]) {
  return { ...rest, kinds: Object.fromEntries(changed.map(kind => [kind, kinds[kind]])) }
}
