import { t } from '../../locales/index.ts'
import { useSession } from '../../stores/session/index.ts'
import { accountKey, read, write } from '../../support/storage.ts'
import { ask } from '../dialog/index.ts'

export type Purpose = 'location' | 'pictures'

/** Location and pictures are asked for once per person, with what they are for, before the system asks in its own words. */
export function useConsent() {
  const person = useSession().account?.id ?? ''
  const key = (purpose: Purpose) => accountKey(person, `consent:${purpose}`)
  const given = (purpose: Purpose): boolean => read(key(purpose)) === 'yes'

  return {
    given,
    /** @returns whether it may be used, now or already */
    async ask(purpose: Purpose): Promise<boolean> {
      if (given(purpose))
        return true
      const yes = await ask({ title: t(`forms.consent.${purpose}.title`), text: t(`forms.consent.${purpose}.text`), yes: t('forms.consent.yes'), no: t('forms.consent.no') })
      if (yes)
        write(key(purpose), 'yes')
      return yes
    },
  }
}
