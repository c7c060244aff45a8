import type { SQL } from 'drizzle-orm'
import type { DeliveryParts } from '../parts.ts'
import { and, eq, sql } from 'drizzle-orm'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { idList } from '../../db/lists.ts'
import { dayMs, dayOf, startOfDay } from '../days.ts'
import { companyChanged } from '../outbox/leave-company.ts'
import { checkPossible } from './check.ts'

const { notification, notificationSending } = tables

/**
 * What may be sent again by hand: recipients who did not get it, or perhaps did not. Not what could never be sent, and not on
 * the same day what DingTalk drops because the person has it already (dingtalk-server-api §5.3), nor to departments of a company
 * that is not connected any more.
 */
export function isRetryable(now: number): SQL {
  const today = new Date(startOfDay(dayOf(now))).toISOString()
  return sql`(${notification.state} in ('failed', 'dropped', 'invalid', 'possibly', 'unbound', 'expired')
    and coalesce(${notification.reason}, '') not in ('bad_message', 'bad_receivers', 'foreign_link')
    and not (coalesce(${notification.reason}, '') = ${companyChanged} and ${notification.accountId} is null)
    and not (${notification.state} = 'dropped' and ${notification.reason} = '143106' and ${notification.resultAt} >= ${today}::timestamptz))`
}

/** It was news once; sent by hand, it is again for so long. */
const usefulMs = dayMs

/**
 * Puts recipients of a sending back into the queue, with exactly the same message. Of what was possibly delivered, DingTalk is
 * asked first where it can be; otherwise it is remembered, so that the answer "has it already" is understood (§5.3).
 * @returns how many
 */
export async function retrySending(parts: DeliveryParts, sendingId: string, recipients: string[] | undefined, by: { name: string, ip: string }): Promise<number> {
  await checkPossible(parts, sendingId)
  const at = new Date(parts.now())
  return parts.db.transaction(async (tx) => {
    const queued = await tx
      .update(notification)
      .set({
        state: 'queued',
        dueAt: at,
        expiresAt: new Date(at.getTime() + usefulMs),
        callId: null,
        reason: null,
        detail: null,
        maybeSentAt: sql`case when ${notification.state} = 'possibly' then coalesce(${notification.sentAt}, ${notification.maybeSentAt}) else ${notification.maybeSentAt} end`,
        sentAt: null,
        gatherKey: null,
      })
      .where(
        and(
          eq(notification.sendingId, sendingId),
          isRetryable(at.getTime()),
          recipients && sql`${notification.id} in ${idList(recipients)}`,
          sql`exists (select 1 from ${notificationSending} where ${notificationSending.id} = ${sendingId}::uuid and ${notificationSending.payload} <> '')`,
        ),
      )
      .returning({ id: notification.id })
    await audit(tx, { actor: by.name, action: 'notifications.retry', detail: { sending: sendingId, recipients: queued.length }, ip: by.ip })
    return queued.length
  })
}
