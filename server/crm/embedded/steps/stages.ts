import type { CrmRecord } from '#contract/crm/records.ts'
import type { Stage } from '#contract/crm/steps.ts'
import type { Locale } from '../../../http/locale.ts'
import type { Actor } from '../../gateway.ts'
import type { EmbeddedParts } from '../parts.ts'
import { tables } from '../../../db/index.ts'
import { invalid } from '../../../http/app-error.ts'
import { kinds } from '../kinds/index.ts'
import { leadStages, lostReasons } from '../kinds/options.ts'
import { stageDefs, stageOf } from '../kinds/stages.ts'
import { withCollaborators } from '../sharing/told.ts'
import { event } from '../write/events.ts'
import { takeStep } from './step.ts'

export function stageList(locale: Locale): { stages: Stage[], lostReasons: Array<{ value: string, label: string }> } {
  return {
    stages: stageDefs.map(({ tone: _, label, ...stage }) => ({ ...stage, label: label[locale] })),
    lostReasons: lostReasons.map(({ value, label }) => ({ value, label: label[locale] })),
  }
}

interface Move {
  stage: string
  reason?: string | undefined
  remark?: string | undefined
  version: number
}

/** Moves an opportunity; one that is won or lost can be opened again, and every stage it was in is remembered. */
export async function setOpportunityStage(parts: EmbeddedParts, actor: Actor, id: string, { stage: value, reason = '', remark = '', version }: Move): Promise<CrmRecord> {
  const stage = stageOf(value)
  if (!stage)
    throw invalid([{ path: 'stage', message: 'not_an_option' }])
  const lost = stage.outcome === 'lost'
  if (lost && reason !== '' && !lostReasons.some(option => option.value === reason))
    throw invalid([{ path: 'reason', message: 'not_an_option' }])
  const at = parts.now()
  return takeStep(parts, actor, kinds.opportunities, id, {
    version,
    set: current =>
      current.stage === value
        ? undefined
        : {
            stage: value,
            probability: stage.probability,
            stageSince: at,
            closedAt: stage.outcome === 'open' ? null : at,
            lostReason: lost ? reason : '',
            closeNote: stage.outcome === 'open' ? '' : remark,
          },
    async then(tx, before, after) {
      const formerStage = String(before.stage)
      await tx.insert(tables.opportunityStage).values({ opportunityId: id, stage: value, formerStage, reason, note: remark, at, byId: actor.id })
      const type = stage.outcome === 'open' ? 'opportunity.stage_changed' : `opportunity.${stage.outcome}` as const
      return withCollaborators(tx, kinds.opportunities, [after], [
        event(type, kinds.opportunities, after, {
          actor,
          at,
          values: {
            stage: stage.label,
            former: stageOf(formerStage)?.label ?? formerStage,
            amount: String(after.amount),
            ...(lost && reason !== '' && { reason: lostReasons.find(option => option.value === reason)!.label }),
            ...(!lost && remark !== '' && { reason: remark }),
          },
        }),
      ])
    },
  })
}

/** Moves a lead by hand; converting it is a step of its own. */
export async function setLeadStage(parts: EmbeddedParts, actor: Actor, id: string, { stage, version }: Move): Promise<CrmRecord> {
  if (stage === 'converted' || !leadStages.some(option => option.value === stage))
    throw invalid([{ path: 'stage', message: 'not_an_option' }])
  return takeStep(parts, actor, kinds.leads, id, { version, set: current => (current.stage === stage ? undefined : { stage }) })
}
