import type { Logger } from 'pino'
import type { Db } from '../db/index.ts'

/** What administrators have to know. `key` names one occurrence, over all instances; `outside`: used up by other apps of the company. */
export type DeliveryAlert
  = | { kind: 'paused', key: string, reason: string, at: Date }
    | { kind: 'todos', key: string, reason: string, at: Date }
    | { kind: 'budget', key: string, percent: 70 | 90 | 100, used: number, budget: number, outside: boolean, at: Date }

/** Tells in this transaction: the alert is there exactly when what it is about is. */
export type AlertListener = (tx: Db, alert: DeliveryAlert) => Promise<void>

export interface Alerts {
  raise: (tx: Db, alert: DeliveryAlert) => Promise<void>
  listen: (listener: AlertListener) => void
}

/** Passes alerts on to whoever tells the administrators. One who cannot does not undo what the alert is about. */
export function createAlerts(log: Logger): Alerts {
  const listeners: AlertListener[] = []
  return {
    listen: listener => void listeners.push(listener),
    async raise(tx, alert) {
      log.warn({ alert }, 'work notifications need an administrator')
      for (const listener of listeners)
        await tx.transaction(inner => listener(inner, alert)).catch(error => log.warn({ err: error }, 'administrators could not be told of an alert'))
    },
  }
}
