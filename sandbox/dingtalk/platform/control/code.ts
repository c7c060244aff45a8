import type { World } from '../world/world.ts'
import { z } from 'zod'
import { accountHolder } from '../login/people.ts'
import { ControlError } from './respond.ts'

const codeSchema = z.strictObject({
  userid: z.string(),
  /** `jsapi`: in the container; `oauth`: what the browser page hands out. */
  kind: z.enum(['jsapi', 'oauth']).default('jsapi'),
  /** OAuth scope. */
  scope: z.string().default('openid corpid'),
})

export type CodeInput = z.input<typeof codeSchema>

/** Issues a one-time code without a client. OAuth codes also exist for people who left: they keep their DingTalk account. */
export function issueCode(world: World, input: unknown): { code: string } {
  const { userid, kind, scope } = codeSchema.parse(input)
  const member = kind === 'oauth' ? accountHolder(world, userid) : world.directory.members.get(userid)
  if (member === undefined)
    throw new ControlError(`no such person: ${userid}`)
  if (kind === 'jsapi') {
    return { code: world.codes.issueLogin(userid) }
  }
  return { code: world.codes.issueAuth({ userid, unionid: member.unionid, withCorpId: scope.split(' ').includes('corpid') }) }
}
