import type { z } from 'zod'
import type { Actor } from '../../gateway.ts'
import type { CordysClient } from '../transport/client.ts'
import type { RemoteLogin } from './remote.ts'
import type { Connection, SessionStore } from './store.ts'
import type { Profile } from './user.ts'
import { AppError } from '../../../http/app-error.ts'
import { CordysError } from '../errors.ts'

interface Ask<T> {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  schema: z.ZodType<T>
}

/** Calls in one person's name. */
export interface Caller {
  user: Profile
  organizationId: string | null
  get: <T>(api: string, ask: Ask<T>) => Promise<T>
  /** A POST that only reads: pages, checks. */
  read: <T>(api: string, ask: Ask<T>) => Promise<T>
  /** Changes something; never sent twice. A delete is a GET at Cordys, and still goes through here. */
  write: <T>(method: 'GET' | 'POST', api: string, ask: Ask<T>) => Promise<T>
}

/** Permissions may change at Cordys; they are asked for again when they are this old (cordys-api §1.8). */
const profileMs = 5 * 60 * 1000

/** Sessions of people: one each, shared by everything they do at once; over when Cordys says so. */
export function createSessions({ client, remote, store }: { client: CordysClient, remote: RemoteLogin, store: SessionStore }) {
  /** Renewals under way, by account: many requests at once cause one. */
  const renewing = new Map<string, Promise<Connection>>()

  async function over(accountId: string, sealed: string | null): Promise<never> {
    if (sealed !== null)
      await store.end(accountId, sealed)
    throw new AppError('crm_login_required')
  }

  /** Asks who the session stands for. @throws crm_login_required when for nobody any more */
  function renew(accountId: string, connection: Connection): Promise<Connection> {
    const { sealed, credentials } = connection
    const present = renewing.get(accountId)
    if (present)
      return present
    const work = (async () => {
      if (sealed === null || credentials === null)
        return over(accountId, sealed)
      const found = await remote.whoIs(credentials).catch((error: unknown) => {
        if (error instanceof CordysError && (error.failure === 'session_ended' || error.failure === 'login_refused'))
          return null
        // Whoever answers even this instead of Cordys stands in the way of everything.
        throw error instanceof CordysError && error.failure === 'not_json' ? new CordysError('unreachable', error.details) : error
      })
      return found ? store.renew(accountId, sealed, found) : over(accountId, sealed)
    })().finally(() => renewing.delete(accountId))
    renewing.set(accountId, work)
    return work
  }

  async function present(accountId: string): Promise<Connection> {
    const connection = await store.find(accountId)
    if (!connection?.credentials)
      throw new AppError('crm_login_required')
    return Date.now() - connection.profileAt.getTime() > profileMs ? renew(accountId, connection) : connection
  }

  return {
    /** @throws {AppError} crm_login_required where the person has not connected, or the session is over */
    async of(actor: Actor): Promise<Caller> {
      let connection = await present(actor.id)

      async function ask<T>(method: 'GET' | 'POST', api: string, given: Ask<T>, repeatable: boolean): Promise<T> {
        const { credentials, sealed } = connection
        try {
          return (await client({ method, api, ...given, credentials: credentials ?? undefined, locale: actor.locale })).data
        }
        catch (error) {
          if (!(error instanceof CordysError))
            throw error
          if (error.failure === 'session_ended' || error.failure === 'login_refused')
            return over(actor.id, sealed)
          if (error.failure !== 'not_json')
            throw error
          // A failed CSRF check is answered with something that is not JSON, and so is a session that a proxy
          // lost (cordys-api, rule 3): the session itself tells. Nothing that writes is sent twice.
          connection = await renew(actor.id, connection)
          if (!repeatable)
            throw error
          return (await client({ method, api, ...given, credentials: connection.credentials ?? undefined, locale: actor.locale })).data
        }
      }

      return {
        user: connection.profile,
        organizationId: connection.credentials?.organizationId ?? null,
        get: (api, given) => ask('GET', api, given, true),
        read: (api, given) => ask('POST', api, given, true),
        write: (method, api, given) => ask(method, api, given, false),
      }
    },

    /** Where the person stands, asked of the store alone. */
    async state(accountId: string): Promise<{ state: 'connected' | 'missing' | 'ended', user: Profile | null }> {
      const connection = await store.find(accountId)
      if (!connection)
        return { state: 'missing', user: null }
      return { state: connection.credentials ? 'connected' : 'ended', user: connection.profile }
    },
  }
}

export type Sessions = ReturnType<typeof createSessions>
