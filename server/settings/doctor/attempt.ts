import type { Text } from '../../http/locale.ts'
import type { Finding } from './finding.ts'
import type { Outcome } from './patient.ts'
import { DingTalkError } from '../../dingtalk/index.ts'
import { refused } from './finding.ts'

/** Runs one real call; what DingTalk refuses is explained, anything else is our own fault and thrown. */
export async function attempt<T>(tried: Text, call: () => Promise<T>, found: (value: T) => Omit<Finding, 'tried'>): Promise<Outcome<T>> {
  try {
    const value = await call()
    const finding = { tried, ...found(value) }
    return { finding, value: finding.result === 'failed' ? undefined : value }
  }
  catch (error) {
    if (!(error instanceof DingTalkError))
      throw error
    return { finding: refused(tried, error), error }
  }
}
