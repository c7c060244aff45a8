import type { Db } from '../db/index.ts'
import type { OnceTokens } from './once-tokens.ts'
import { audit } from '../audit/index.ts'
import { AppError } from '../http/app-error.ts'
import { checkAdminToken } from './admin-link.ts'

/** Redeems what `npm run admin:link` printed: once, within ten minutes, audited. */
export function createAdminLinks({ db, secretKey, onceTokens }: { db: Db, secretKey: string, onceTokens: OnceTokens }) {
  return {
    async redeem(token: string, ip: string): Promise<void> {
      const expires = checkAdminToken(secretKey, token)
      if (!expires || !(await onceTokens.useFirst(token, 'admin_link', expires)))
        throw new AppError('admin_link_invalid')
      await audit(db, { actor: 'operator', action: 'admin_link.used', ip })
    },
  }
}

export type AdminLinks = ReturnType<typeof createAdminLinks>
