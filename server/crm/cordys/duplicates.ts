import type { Duplicate } from '#contract/crm/search.ts'
import type { Caller } from './session/sessions.ts'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { z } from 'zod'
import { AppError } from '../../http/app-error.ts'
import { explain } from './explain.ts'

const text = z.string().nullish()
const found = z.looseObject({
  list: z.array(z.looseObject({ id: z.string(), name: text, owner: text, ownerName: text, hasPermission: z.boolean().nullish() })).nullish(),
})

const shown = 5

/** Cordys itself does not limit this search of the whole company, so it is done here. */
export function createDuplicateCheck(aMinute = 30) {
  const limiter = new RateLimiterMemory({ points: aMinute, duration: 60 })
  return {
    /** @throws {AppError} rate_limited */
    async take(accountId: string): Promise<void> {
      await limiter.consume(accountId).catch((rejected: unknown) => {
        throw rejected instanceof RateLimiterRes ? new AppError('rate_limited', { retryAfter: rejected.msBeforeNext / 1000 }) : rejected
      })
    },

    /** Customers of the company with this name (查重, cordys-api §5.9); Cordys masks what the person may not see. */
    async customers(cordys: Caller, { name, except }: { name: string, except?: string | undefined }): Promise<Duplicate[]> {
      const { list } = await cordys.read('/global/search/account', { body: { current: 1, pageSize: shown + 1, viewId: 'ALL', keyword: name }, schema: found }).catch(explain)
      return (list ?? []).filter(({ id }) => id !== except).slice(0, shown).map(({ id, name, owner, ownerName, hasPermission }) => ({
        kind: 'customers',
        by: 'name',
        name: name ?? '',
        phone: null,
        owner: owner ? { id: owner, name: ownerName ?? '', avatar: null } : null,
        id: hasPermission ? id : null,
      }))
    },
  }
}
