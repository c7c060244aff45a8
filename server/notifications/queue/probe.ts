import type { DeliveryParts } from '../parts.ts'
import { DingTalkError, explainReason } from '../../dingtalk/index.ts'
import { dayMs } from '../days.ts'
import { claimProbe, resumeQueue } from './state.ts'

/** Troubles that asking shows to be over: of the token, the app and its settings, not of messages. */
const askable = new Set(['token', 'permission', 'ip', 'config'])

/**
 * Once a day, asks DingTalk whether what stopped the queue still holds: somebody may have mended it there and forgotten to say
 * so here. Sends nothing, and costs one call. @returns whether delivery goes on
 */
export async function probePaused({ db, dingtalk, log, now }: Pick<DeliveryParts, 'db' | 'dingtalk' | 'log' | 'now'>): Promise<boolean> {
  const paused = await claimProbe(db, now(), dayMs)
  if (!paused || !askable.has(explainReason(paused.reason, 'en-US').kind))
    return false
  try {
    await dingtalk.messages.probeAgent()
  }
  catch (error) {
    if (!(error instanceof DingTalkError))
      throw error
    log.info({ err: error, reason: paused.reason }, 'work notifications stay paused')
    return false
  }
  return db.transaction(tx => resumeQueue(tx, { name: 'system' }, now()))
}
