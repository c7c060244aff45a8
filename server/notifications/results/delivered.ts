import { sql } from 'drizzle-orm'

/**
 * An attempt of which nobody knew left on the same day of Shanghai as the last one: when DingTalk drops the last one for its
 * content, the person has the first (dingtalk-server-api §5.1). For statements over `notification`, called n.
 */
export const sameDayAsMaybe = sql`maybe_sent_at is not null and
  (maybe_sent_at at time zone 'Asia/Shanghai')::date = (sent_at at time zone 'Asia/Shanghai')::date`
