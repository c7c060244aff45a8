/**
 * Milliseconds before the next attempt: 1 s, 2 s, 4 s … 60 s, plus up to 1 s of jitter, as DingTalk's own SDKs do
 * (dingtalk-server-api §7.2). `failures` counts from 1; `random` is 0..1; `retryAfter` (seconds) is what DingTalk asked for.
 */
export function reconnectDelay(failures: number, random: number, retryAfter = 0): number {
  const backoff = Math.min(60, 2 ** Math.min(Math.max(0, failures - 1), 6)) * 1000
  return Math.max(backoff, retryAfter * 1000) + random * 1000
}
