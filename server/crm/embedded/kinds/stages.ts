import type { Stage } from '#contract/crm/steps.ts'
import type { Text } from '../../../http/locale.ts'
import type { OptionDef } from './field.ts'

interface StageDef extends Omit<Stage, 'label'> {
  label: Text
  tone: NonNullable<OptionDef['tone']>
}

function stage(value: string, zh: string, en: string, probability: number, outcome: Stage['outcome'] = 'open'): StageDef {
  const tone = outcome === 'won' ? 'success' : outcome === 'lost' ? 'danger' : probability >= 70 ? 'warning' : 'info'
  return { value, label: { 'zh-CN': zh, 'en-US': en }, probability, outcome, tone }
}

/** The stock stages of an opportunity (cordys-api §5.7). */
export const stageDefs = [
  stage('new', '新建', 'New', 10),
  stage('requirements', '需求明确', 'Needs clear', 30),
  stage('solution', '方案验证', 'Solution proven', 50),
  stage('proposal', '立项汇报', 'Proposal', 70),
  stage('purchasing', '商务采购', 'Purchasing', 90),
  stage('won', '成功', 'Won', 100, 'won'),
  stage('lost', '失败', 'Lost', 0, 'lost'),
]

export const stageOf = (value: string): StageDef | undefined => stageDefs.find(each => each.value === value)

export const firstStage = stageDefs[0]!.value

export const stageOptions: OptionDef[] = stageDefs.map(({ value, label, tone }) => ({ value, label, tone }))
