import type { Request, Response } from 'express'
import type { Access } from '#contract/route.ts'
import type { Directory } from '../directory/index.ts'
import type { Caller, RequestContext } from '../http/context.ts'
import type { ContextFactory } from '../http/route.ts'
import type { Cookies } from './cookies.ts'
import type { Sessions } from './sessions.ts'
import { AppError } from '../http/app-error.ts'
import { pickLocale } from '../http/locale.ts'

/** Finds out who calls, on every request anew: a disabled account or an ended session is out at once. */
export function createContextFactory({
  sessions,
  cookies,
  directory,
}: {
  sessions: Sessions
  cookies: Cookies
  directory: Directory
}): ContextFactory {
  async function callerOf(req: Request): Promise<Caller | undefined> {
    const token = cookies.session(req)
    const session = token === undefined ? undefined : await sessions.find(token)
    if (!session)
      return undefined
    if (session.kind === 'operator')
      return { kind: 'operator', account: null }
    const account = session.accountId === null ? undefined : await directory.caller(session.accountId)
    return account && { kind: 'account', account }
  }

  return async (req, res, access) => {
    const caller = access === 'public' ? undefined : await callerOf(req)
    if (access !== 'public')
      permit(access, caller)
    // The route's `access` decides what the caller may be; permit() has just checked it.
    return {
      caller,
      locale: pickLocale(req.headers['accept-language']),
      requestId: String(req.id),
      ip: req.ip ?? '',
      log: req.log,
      signal: closed(req, res),
      req,
      res,
    } as RequestContext
  }
}

function permit(access: Exclude<Access, 'public'>, caller: Caller | undefined): void {
  if (!caller)
    throw new AppError('unauthenticated')
  if (access === 'session')
    return
  const isOperator = caller.kind === 'operator' || caller.account.role === 'admin'
  if (access === 'operator' ? !isOperator : caller.kind === 'operator') {
    throw new AppError('forbidden')
  }
  if (access === 'admin' && !isOperator)
    throw new AppError('forbidden')
}

function closed(_req: Request, res: Response): AbortSignal {
  const controller = new AbortController()
  res.once('close', () => controller.abort())
  return controller.signal
}
