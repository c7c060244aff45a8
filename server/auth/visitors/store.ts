import type { Db } from '../../db/index.ts'
import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, lt } from 'drizzle-orm'
import { tables } from '../../db/index.ts'

const { visitor } = tables

/** How long DingTalk's word for who somebody is counts at our door. */
export const visitMs = 15 * 60 * 1000

export interface VisitingMember {
  userid: string
  unionid: string
  name: string
}

const hash = (token: string) => createHash('sha256').update(token).digest('base64url')

/** Members DingTalk has vouched for, whom nothing let in. The token lives in a cookie only; the database holds its hash. */
export function createVisitors({ db }: { db: Db }) {
  return {
    async open(member: VisitingMember): Promise<string> {
      const token = randomBytes(24).toString('base64url')
      await db.insert(visitor).values({ ...member, tokenHash: hash(token), expiresAt: new Date(Date.now() + visitMs) })
      return token
    },

    async find(token: string | undefined): Promise<VisitingMember | undefined> {
      if (token === undefined)
        return undefined
      const [found] = await db
        .select({ userid: visitor.userid, unionid: visitor.unionid, name: visitor.name })
        .from(visitor)
        .where(and(eq(visitor.tokenHash, hash(token)), gt(visitor.expiresAt, new Date())))
      return found
    },

    async end(token: string | undefined): Promise<void> {
      if (token !== undefined)
        await db.delete(visitor).where(eq(visitor.tokenHash, hash(token)))
    },

    async sweep(): Promise<void> {
      await db.delete(visitor).where(lt(visitor.expiresAt, new Date()))
    },
  }
}

export type Visitors = ReturnType<typeof createVisitors>
