import type { AccountRow } from '#contract/people/accounts.ts'
import type { ChipTone } from '../../../components/chip/StatusChip.vue'
import { t } from '../../../locales/index.ts'

export interface StateChip {
  tone: ChipTone
  text: string
}

/** Everything about an account that is not as it should be, the binding first. */
export function stateChips({ binding, status, disabledBy, conflict, mergedInto }: AccountRow): StateChip[] {
  if (mergedInto)
    return [{ tone: 'neutral', text: t('people.accounts.merged', { name: mergedInto.name }) }]
  const tones = { present: 'success', out_of_scope: 'warning', gone: 'neutral' } as const
  const chips: StateChip[] = [binding
    ? { tone: tones[binding.state], text: t(`people.accounts.states.${binding.state}`) }
    : { tone: 'warning', text: t('people.accounts.unbound') }]
  if (binding?.state === 'present' && !binding.activated)
    chips.push({ tone: 'warning', text: t('people.accounts.notActivated') })
  if (status === 'disabled')
    chips.push({ tone: 'danger', text: t(disabledBy === 'sync' ? 'people.accounts.disabledBySync' : 'people.accounts.disabledByAdmin') })
  if (conflict)
    chips.push({ tone: 'danger', text: t('people.accounts.conflict') })
  return chips
}

/** The roles of an account in words; whoever has been assigned none counts as sales. */
export function roleWords({ role, roles }: Pick<AccountRow, 'role' | 'roles'>): string {
  if (role === 'admin')
    return t('people.roles.admin')
  return roles.length > 0 ? roles.map(each => t(`people.roles.${each}`)).join(' · ') : `${t('people.roles.sales')} (${t('people.accounts.byDefault')})`
}
