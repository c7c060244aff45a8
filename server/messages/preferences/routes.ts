import type { MessageKind, PreferencesView } from '#contract/messages/index.ts'
import type { MessageRule, ReceiverRole } from '#contract/messages/rules.ts'
import type { Db } from '../../db/index.ts'
import type { Directory } from '../../directory/index.ts'
import type { CallerAccount } from '../../http/context.ts'
import { categoryOf, preferenceRoutes as declared } from '#contract/messages/index.ts'
import { implement } from '../../http/route.ts'
import { readWording } from '../rules/store.ts'
import { channelsFor, noChoices, readPreferences, writeChoices } from './store.ts'

/** Kinds that only administrators are told of, unless somebody or a role was named for them. */
const forAdmins = new Set<MessageKind>(['sync.finished', 'sync.approval', 'access.requested', 'system.alert'])

export function preferenceRoutes({ db, directory, offered }: { db: Db, directory: Directory, offered: readonly MessageKind[] }) {
  async function view(caller: CallerAccount): Promise<PreferencesView> {
    const { rules } = await readWording(db)
    const preference = (await readPreferences(db, [caller.id])).get(caller.id)
    const choices = preference?.choices ?? noChoices
    const { leads } = caller.role === 'admin' ? { leads: true } : await directory.rights(caller)
    const roles = [...new Set([...forAdmins].flatMap(kind => rules.kinds[kind].roles))]
    const held = new Set<ReceiverRole>()
    for (const role of roles) {
      if ((await directory.holdersOf(db, [role])).includes(caller.id))
        held.add(role)
    }
    const isGiven = ({ people, roles }: MessageRule) => people.includes(caller.id) || roles.some(role => held.has(role))
    const concerns = (kind: MessageKind) =>
      (!forAdmins.has(kind) || caller.role === 'admin' || isGiven(rules.kinds[kind])) && (kind !== 'digest.weekly' || leads)
    return {
      choices,
      locale: preference?.locale ?? null,
      kinds: offered.filter(concerns).map((kind) => {
        const { inbox, dingtalk, mandatory } = rules.kinds[kind]
        return { kind, category: categoryOf[kind], offered: { inbox, dingtalk }, mandatory, chosen: channelsFor(kind, rules.kinds[kind], choices) }
      }),
    }
  }

  return implement(declared, {
    'GET /api/crm/messages/preferences': (_, { caller }) => view(caller.account),
    'PUT /api/crm/messages/preferences': async ({ body }, { caller }) => {
      await writeChoices(db, caller.account.id, body)
      return view(caller.account)
    },
  })
}
