import type { DingTalkCredentials } from '../options.ts'

/** Something that belongs to one set of credentials and is dropped when they change. */
export interface PerCredentials<T> {
  for: (app: DingTalkCredentials) => T
  current: () => T | undefined
}

/**
 * Keeps `create(app)` as long as corpId, clientId and clientSecret stay the same. The secret counts, too: after
 * it was corrected, "test connection" must really ask DingTalk.
 */
export function perCredentials<T>(create: (app: DingTalkCredentials) => T): PerCredentials<T> {
  let kept: { app: DingTalkCredentials, value: T } | undefined
  return {
    for: (app) => {
      if (!kept || kept.app.corpId !== app.corpId || kept.app.clientId !== app.clientId || kept.app.clientSecret !== app.clientSecret) {
        kept = { app, value: create(app) }
      }
      return kept.value
    },
    current: () => kept?.value,
  }
}
