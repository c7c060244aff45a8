import type { Request } from 'express'
import type { Session } from '../auth/sessions.ts'
import type { CordysUser } from '../organization/company.ts'
import type { World } from '../world.ts'
import { organizationId } from '../organization/company.ts'
import { denied } from './envelope.ts'

export type Passed
  = | { user: CordysUser, session: Session }
    /** 401 with an empty body and a header. */
    | 'no-session'
    /** The container's error page: not JSON. */
    | 'bad-csrf'

/** The filter chain of everything that is not anonymous: session, CSRF (GET included), organisation (cordys-api §2.3). */
export function filter(world: World, request: Request): Passed {
  // Any value with two parts is taken for an API key, which a community build never accepts (cordys-api §2.6).
  const isApiKey = (request.get('Authorization') ?? '').split(':').length >= 2
  const session = isApiKey ? undefined : world.sessions.find(request.get('X-AUTH-TOKEN'))
  const user = world.users.get(session?.userId ?? '')
  if (!session || !user)
    return 'no-session'
  if (!world.csrf.fits(request.get('CSRF-TOKEN'), user.id, session.id))
    return 'bad-csrf'
  const organization = request.get('Organization-Id')
  if (organization !== undefined && organization !== organizationId)
    throw denied('No organization permission')
  return { user, session }
}
