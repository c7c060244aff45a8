import process from 'node:process'
import fc from 'fast-check'

/**
 * fast-check with the same made-up cases on every machine, so that a red suite is a changed product and not a
 * new case; `FC_SEED=<number>` tries others.
 */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261126) })

export default fc
