import type { CheckId, DoctorCheck } from '#contract/connection.ts'
import type { CallInfo, DingTalkCredentials } from '../../dingtalk/index.ts'
import type { Locale } from '../../http/locale.ts'
import type { Connect } from '../trial.ts'
import type { Confirmations } from './confirmations.ts'
import type { Outcome, Patient } from './patient.ts'
import { checkIds } from '#contract/connection.ts'
import { checks } from './checks/index.ts'
import { fingerprintOf } from './confirmations.ts'
import { broken, toCheck } from './finding.ts'

export { createConfirmations } from './confirmations.ts'
export type { Confirmation, Confirmations } from './confirmations.ts'
export type { CallMeter, EventsState } from './patient.ts'
export { titleOf } from './titles.ts'

export interface Examination extends Omit<Patient, 'dingtalk' | 'lastCall' | 'credentials'> {
  locale: Locale
  confirmations: Awaited<ReturnType<Confirmations['of']>>
  /** Only these; what they depend on is tried too, but not told. */
  only?: readonly CheckId[] | undefined
  onCheck: (check: DoctorCheck) => void
  /** A check that ended in an error of our own. */
  onBroken: (id: CheckId, error: unknown) => void
}

/**
 * Tries the connection step by step with the given credentials and says of each step what was tried, what came
 * back, what it means and what to do. Nothing is "ok" by assumption: what cannot be tried from here is `manual`
 * until somebody has done it by hand, or `seen` when it worked before.
 */
export function createDoctor({ connect }: { connect: Connect }) {
  return {
    async examine(credentials: DingTalkCredentials, { locale, confirmations, only = checkIds, onCheck, onBroken, ...given }: Examination): Promise<void> {
      let lastCall: CallInfo | undefined
      const dingtalk = connect(credentials, (info) => {
        lastCall = info
      })
      const patient: Patient = { ...given, credentials, dingtalk, lastCall: () => lastCall }
      const done = new Map<CheckId, Promise<Outcome<unknown>>>()
      function ask<T>(id: CheckId): Promise<Outcome<T>> {
        const outcome = done.get(id) ?? perform(id)
        done.set(id, outcome)
        return outcome as Promise<Outcome<T>>
      }
      /** What goes wrong in one check, and is not DingTalk's answer, must not keep the others from being made. */
      async function perform(id: CheckId): Promise<Outcome<unknown>> {
        try {
          return await checks[id](patient, ask)
        }
        catch (error) {
          given.signal.throwIfAborted()
          onBroken(id, error)
          return { finding: broken(id) }
        }
      }
      try {
        for (const id of checkIds.filter(candidate => only.includes(candidate))) {
          given.signal.throwIfAborted()
          const { finding } = await ask(id)
          const about = fingerprintOf(finding)
          const known = given.stored ? confirmations.get(id) : undefined
          onCheck(toCheck(id, finding, locale, known?.about === about ? known : undefined))
        }
      }
      finally {
        await dingtalk.close()
      }
    },
  }
}

export type Doctor = ReturnType<typeof createDoctor>
