import type { NotificationState } from '#contract/delivery/index.ts'
import type { SendResult } from '../../dingtalk/index.ts'

export interface Verdict {
  userid: string
  state: Extract<NotificationState, 'read' | 'unread' | 'dropped' | 'failed' | 'invalid'>
  reason: string | null
}

/** What DingTalk says of each recipient (dingtalk-server-api §5.3). Somebody in no list is left as before: not delivered yet. */
export function verdicts(result: SendResult): Verdict[] {
  const said = new Map<string, Verdict>()
  const say = (userids: string[], state: Verdict['state'], reason: string | null): void =>
    userids.forEach(userid => said.set(userid, { userid, state, reason }))
  say(result.unreadUserids, 'unread', null)
  say(result.readUserids, 'read', null)
  say(result.failedUserids, 'failed', 'send_failed')
  say(result.invalidUserids, 'invalid', 'invalid_user')
  say(result.forbiddenUserids, 'dropped', 'flow_control')
  for (const { userid, code } of result.forbidden) say([userid], 'dropped', code)
  return [...said.values()]
}

/** Certainly not delivered, for a reason that passes: the minute was full, or DingTalk protected itself (§5.3). */
export function passes({ state, reason }: { state: string, reason: string | null }): boolean {
  return (state === 'dropped' && ['143103', '143104', '1430003'].includes(reason ?? '')) || (state === 'failed' && reason === 'send_failed')
}
