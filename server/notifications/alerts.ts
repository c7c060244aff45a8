import type { Logger } from 'pino'

/** What administrators have to know. `key` names one occurrence, over all instances. */
export type DeliveryAlert
  = | { kind: 'paused', key: string, reason: string, at: Date }
    | { kind: 'budget', key: string, percent: 70 | 90 | 100, used: number, budget: number, at: Date }

export type AlertListener = (alert: DeliveryAlert) => Promise<void>

export interface Alerts {
  raise: (alert: DeliveryAlert) => Promise<void>
  listen: (listener: AlertListener) => void
}

/** Passes alerts on to whoever tells the administrators. Delivery does not depend on that. */
export function createAlerts(log: Logger): Alerts {
  const listeners: AlertListener[] = []
  return {
    listen: listener => void listeners.push(listener),
    async raise(alert) {
      log.warn({ alert }, 'work notifications need an administrator')
      for (const listener of listeners)
        await listener(alert).catch(error => log.warn({ err: error }, 'administrators could not be told of an alert'))
    },
  }
}
