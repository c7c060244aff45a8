import type { Locale } from '../../http/locale.ts'
import type { Actor } from '../gateway.ts'
import type { Forms } from './forms/cache.ts'
import type { Kind } from './kinds/index.ts'
import type { Reading } from './records/present.ts'
import type { Requests } from './records/requests.ts'
import type { Caller, Sessions } from './session/sessions.ts'
import { AppError } from '../../http/app-error.ts'
import { may } from './session/user.ts'

/** What the gateway's functions are made of. */
export interface CordysParts {
  sessions: Sessions
  forms: Forms
  requests: Requests
}

export interface Work extends Reading {
  cordys: Caller
  locale: Locale
}

/** The person's session, the kind's form, and the right to read the kind. */
export async function begin({ sessions, forms }: CordysParts, actor: Actor, kind: Kind): Promise<Work> {
  const cordys = await sessions.of(actor)
  if (!may(cordys.user, ...(kind.permissions.READ ?? [])))
    throw new AppError('forbidden')
  return { cordys, kind, config: await forms.of(cordys, kind, actor.locale), user: cordys.user, locale: actor.locale }
}
